package dev.ringdraft.rest.request;

import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.eventstore.Epoch;
import jakarta.ws.rs.core.EntityTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entity tags that a request names in {@code If-Match} or {@code If-None-Match} (RFC 9110,
 * sections 8.8.3 and 13.1). A draft's tag is {@code "<epoch>.<revision>"}, strong. What is no
 * entity tag is passed over: it matches nothing.
 *
 * @param any whether it is {@code *}, which matches every draft that exists
 */
public record EntityTags(boolean any, List<EntityTag> tags) {
  private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"");
  private static final Pattern VERSION =
      Pattern.compile("([A-Za-z0-9_-]{1,64})\\.([1-9][0-9]{0,17})");

  public EntityTags {
    tags = List.copyOf(tags);
  }

  /** A draft's tag. */
  public static EntityTag of(DraftVersion version) {
    return new EntityTag(version.toString());
  }

  /**
   * The tags of a header field.
   *
   * @param lines its values; null when the request hasn't got it
   * @return null when the request hasn't got it
   */
  public static @Nullable EntityTags of(@Nullable List<String> lines) {
    if (lines == null || lines.isEmpty()) {
      return null;
    }
    String list = String.join(",", lines);
    if (list.strip().equals("*")) {
      return new EntityTags(true, List.of());
    }
    List<EntityTag> tags = new ArrayList<>();
    for (String member : list.split(",", -1)) {
      Matcher tag = TAG.matcher(member.strip());
      if (tag.matches()) {
        tags.add(new EntityTag(tag.group(2), tag.group(1) != null));
      }
    }
    return new EntityTags(false, tags);
  }

  /** Whether one of them names the version, be it weakly: for {@code If-None-Match}. */
  public boolean matchWeakly(DraftVersion version) {
    return matchWeakly(of(version));
  }

  /** Whether one of them is this one, be it weakly: for {@code If-None-Match}. */
  public boolean matchWeakly(EntityTag current) {
    return any || tags.stream().anyMatch(tag -> tag.getValue().equals(current.getValue()));
  }

  /** The last revision of an epoch that they name, be it weakly; 0 when they name none. */
  public long latestOf(Epoch epoch) {
    return versions(tags.stream())
        .filter(version -> version.epoch().equals(epoch))
        .mapToLong(DraftVersion::revision)
        .max()
        .orElse(0);
  }

  /** The versions that they name strongly: for {@code If-Match}. */
  public Set<DraftVersion> versions() {
    return versions(tags.stream().filter(tag -> !tag.isWeak())).collect(Collectors.toSet());
  }

  private static Stream<DraftVersion> versions(Stream<EntityTag> tags) {
    return tags.map(tag -> VERSION.matcher(tag.getValue()))
        .filter(Matcher::matches)
        .map(
            version ->
                new DraftVersion(new Epoch(version.group(1)), Long.parseLong(version.group(2))));
  }
}
