package dev.ringdraft.member;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to a draft: its creator, always and as a contributor, and its collaborators in the
 * order in which they were added. Immutable.
 *
 * @param creator the member who can't be added, removed or leave
 * @param collaborators the others with their roles; never holds the creator
 */
public record Members(UserId creator, Map<UserId, Role> collaborators) {
  public Members {
    if (collaborators.containsKey(creator)) {
      throw new IllegalArgumentException("the creator is no collaborator");
    }
    collaborators = Collections.unmodifiableMap(new LinkedHashMap<>(collaborators));
  }

  /** A draft's members on its first day: the creator alone. */
  public static Members of(UserId creator) {
    return new Members(creator, Map.of());
  }

  public boolean isCreator(UserId user) {
    return creator.equals(user);
  }

  public boolean contains(UserId user) {
    return isCreator(user) || collaborators.containsKey(user);
  }

  /** Whether the user is a member whose role may hold the ring. */
  public boolean canWrite(UserId user) {
    Role role = roleOf(user);
    return role != null && role.canWrite();
  }

  /** The user's role, or null when the user is no member. */
  public @Nullable Role roleOf(UserId user) {
    return isCreator(user) ? Role.CONTRIBUTOR : collaborators.get(user);
  }

  /** All members, the creator first, then the collaborators as they were added. */
  public List<UserId> inJoiningOrder() {
    List<UserId> all = new ArrayList<>();
    all.add(creator);
    all.addAll(collaborators.keySet());
    return all;
  }

  /**
   * These members, one collaborator in another role.
   *
   * @throws IllegalArgumentException when the user is no collaborator
   */
  public Members withRole(UserId user, Role role) {
    if (!collaborators.containsKey(user)) {
      throw new IllegalArgumentException(user + " is no collaborator");
    }
    Map<UserId, Role> changed = new LinkedHashMap<>(collaborators);
    changed.put(user, role);
    return new Members(creator, changed);
  }

  /**
   * These members and one more.
   *
   * @throws IllegalArgumentException when the user is a member already
   */
  public Members with(UserId user, Role role) {
    if (contains(user)) {
      throw new IllegalArgumentException(user + " is a member already");
    }
    Map<UserId, Role> more = new LinkedHashMap<>(collaborators);
    more.put(user, role);
    return new Members(creator, more);
  }

  /**
   * These members without one collaborator.
   *
   * @throws IllegalArgumentException when the user is no collaborator
   */
  public Members without(UserId user) {
    Map<UserId, Role> fewer = new LinkedHashMap<>(collaborators);
    if (fewer.remove(user) == null) {
      throw new IllegalArgumentException(user + " is no collaborator");
    }
    return new Members(creator, fewer);
  }
}
