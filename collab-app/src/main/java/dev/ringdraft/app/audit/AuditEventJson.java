package dev.ringdraft.app.audit;

import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.access.Limit;
import dev.ringdraft.app.config.Key;
import dev.ringdraft.wire.JsonWriter;
import dev.ringdraft.wire.WireName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an incident is written: one JSON object of visible ASCII, so that a name can neither break
 * the line nor hide in it. What is not known is left out.
 */
final class AuditEventJson {
  private AuditEventJson() {}

  static String of(AuditEvent incident) {
    JsonWriter json = begin(incident);
    member(json, "request", incident.source().request());
    return ascii(json.endObject().toString());
  }

  /**
   * The line for what happened again and again.
   *
   * @param times how often, after the first
   */
  static String repeated(AuditEvent first, long times, Duration within) {
    JsonWriter json = begin(first);
    return ascii(
        json.member("repeated", times)
            .member("within_s", within.toSeconds())
            .endObject()
            .toString());
  }

  /** The line for events of too many kinds to be counted apart. */
  static String others(long times, Duration within) {
    return new JsonWriter()
        .beginObject()
        .member("incident", "others")
        .member("repeated", times)
        .member("within_s", within.toSeconds())
        .endObject()
        .toString();
  }

  private static JsonWriter begin(AuditEvent incident) {
    JsonWriter json =
        new JsonWriter()
            .beginObject()
            .member("incident", WireName.of(incident.kind()))
            .member("code", incident.code());
    member(json, "reason", incident.cause().reason());
    member(json, "key", keyOf(incident.cause().limit()));
    json.member("action", incident.action());
    member(json, "user", incident.source().user());
    member(json, "draft", incident.source().draft());
    member(json, "address", incident.source().address());
    return json;
  }

  private static @Nullable Key keyOf(@Nullable Limit limit) {
    return switch (limit) {
      case null -> null;
      case REQUESTS -> Key.LIMIT_REQUESTS;
      case WAITING_REQUESTS -> Key.LIMIT_WAITING_REQUESTS;
      case HANDSHAKES -> Key.LIMIT_HANDSHAKES;
      case CONNECTIONS -> Key.LIMIT_CONNECTIONS;
      case CONNECTIONS_PER_DRAFT -> Key.LIMIT_CONNECTIONS_PER_DRAFT;
      case CONNECTIONS_PER_USER -> Key.LIMIT_CONNECTIONS_PER_USER;
      case DRAFT_COMMANDS -> Key.LIMIT_DRAFT_COMMANDS;
      case DRAFT_BYTES -> Key.LIMIT_DRAFT_BYTES;
    };
  }

  private static void member(JsonWriter json, String name, @Nullable Object value) {
    if (value != null) {
      json.member(name, value.toString());
    }
  }

  private static String ascii(String json) {
    StringBuilder out = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c < 0x7F) {
        out.append(c);
      } else {
        out.append("\\u%04x".formatted((int) c));
      }
    }
    return out.toString();
  }
}
