package dev.ringdraft.presence;

import dev.ringdraft.member.UserId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The presence of a draft.
 *
 * @param users by name, who came first first; no more than are named
 * @param others how many more there are
 */
public record PresenceState(List<Present> users, int others) {
  /** Nobody. */
  public static final PresenceState EMPTY = new PresenceState(List.of(), 0);

  public PresenceState {
    users = List.copyOf(users);
  }

  /**
   * What changed.
   *
   * @param joined who is named now and was not
   * @param changed who is named still, with other connections or another activity
   * @param left who was named and is not any more
   * @param others how many more there are now
   */
  public record Difference(
      List<Present> joined, List<Present> changed, List<UserId> left, int others) {
    public Difference {
      joined = List.copyOf(joined);
      changed = List.copyOf(changed);
      left = List.copyOf(left);
    }
  }

  /**
   * This and the presence of another server. A user of both is one entry; of those who are not
   * named nobody knows, so each of them counts.
   */
  public PresenceState and(PresenceState elsewhere) {
    if (elsewhere.equals(EMPTY)) {
      return this;
    }
    Map<UserId, Present> all = new LinkedHashMap<>();
    users.forEach(present -> all.put(present.user(), present));
    elsewhere.users.forEach(present -> all.merge(present.user(), present, Present::and));
    return new PresenceState(
        all.values().stream().sorted(Comparator.comparing(Present::since)).toList(),
        others + elsewhere.others);
  }

  /** As it is published: so many users listed, the others counted. */
  PresenceState shown(int maxListed) {
    List<Present> named = users.stream().limit(maxListed).map(Present::shown).toList();
    return new PresenceState(named, others + users.size() - named.size());
  }

  /** What leads from an earlier state to this one. */
  public Difference since(PresenceState earlier) {
    Map<UserId, Present> before = new HashMap<>();
    earlier.users.forEach(present -> before.put(present.user(), present));
    Set<UserId> now = users.stream().map(Present::user).collect(Collectors.toSet());
    return new Difference(
        users.stream().filter(present -> !before.containsKey(present.user())).toList(),
        users.stream()
            .filter(present -> before.containsKey(present.user()))
            .filter(present -> !present.equals(before.get(present.user())))
            .toList(),
        earlier.users.stream().map(Present::user).filter(user -> !now.contains(user)).toList(),
        others);
  }
}
