package dev.ringdraft.wire;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The JSON of drafts in answers, in both directions. */
public final class DraftJson {
  private DraftJson() {}

  /**
   * The text of a draft before and after its segments, for a writer that has them as bytes.
   *
   * @param before the object from its beginning, up to the member before {@code segments}
   * @param after from the comma behind {@code segments} to the end of the object
   */
  public record Halves(String before, String after) {}

  /** The whole object. */
  public static String of(DraftSnapshot draft) {
    JsonWriter json = new JsonWriter();
    beforeSegments(json, draft);
    if (draft.segments() != null) {
      json.beginArray("segments");
      draft.segments().forEach(segment -> SegmentJson.write(json, draft.id(), segment));
      json.endArray();
    }
    afterSegments(json, draft);
    return json.toString();
  }

  /** The object in two halves, whose segments are written between them by the caller, if at all. */
  public static Halves halves(DraftSnapshot draft) {
    JsonWriter json = new JsonWriter();
    beforeSegments(json, draft);
    int middle = json.toString().length();
    afterSegments(json, draft);
    String whole = json.toString();
    return new Halves(whole.substring(0, middle), whole.substring(middle));
  }

  private static void beforeSegments(JsonWriter json, DraftSnapshot draft) {
    json.beginObject()
        .member("draft_id", draft.id().value())
        .member("creator_id", draft.creator().value())
        .member("title", draft.title())
        .member("platform", draft.platform() == null ? null : WireName.of(draft.platform()))
        .member("status", WireName.of(draft.status()))
        .member("revision", draft.version().revision())
        .member("epoch", draft.version().epoch().value())
        .beginObject("ring_state");
    ringMembers(json, draft.ring());
    json.endObject();
    TurnPolicyJson.member(json, draft.turnPolicy());
    json.beginArray("collaborators");
    draft.collaborators().forEach(collaborator -> write(json, collaborator));
    json.endArray();
  }

  private static void afterSegments(JsonWriter json, DraftSnapshot draft) {
    json.member("segment_count", draft.segmentCount())
        .member("created_at", WireInstant.of(draft.createdAt()))
        .member("updated_at", WireInstant.of(draft.updatedAt()))
        .endObject();
  }

  /** The object of a collaborator alone. */
  public static String of(DraftSnapshot.Collaborator collaborator) {
    JsonWriter json = new JsonWriter();
    write(json, collaborator);
    return json.toString();
  }

  private static void write(JsonWriter json, DraftSnapshot.Collaborator collaborator) {
    json.beginObject()
        .member("user_id", collaborator.user().value())
        .member("role", WireName.of(collaborator.role()))
        .member("joined_at", WireInstant.of(collaborator.joinedAt()))
        .member("away", collaborator.away())
        .endObject();
  }

  /** The object of a ring alone. */
  public static String of(DraftSnapshot.Ring ring) {
    JsonWriter json = new JsonWriter().beginObject();
    ringMembers(json, ring);
    return json.endObject().toString();
  }

  private static void ringMembers(JsonWriter json, DraftSnapshot.Ring ring) {
    json.member("current_holder_id", ring.holder().value())
        .member("term", ring.term())
        .beginArray("holders_history");
    ring.holdersHistory().forEach(user -> json.element(user.value()));
    json.endArray()
        .member("passed_at", WireInstant.of(ring.passedAt()))
        .member("turn_started_at", WireInstant.of(ring.turnStartedAt()))
        .member("turn_ends_at", instant(ring.turnEndsAt()))
        .member("turn_segments", ring.turnSegments())
        .member("next_user_id", ring.next() == null ? null : ring.next().value())
        .beginArray("requests");
    ring.requests()
        .forEach(
            request ->
                json.beginObject()
                    .member("user_id", request.user().value())
                    .member("requested_at", WireInstant.of(request.requestedAt()))
                    .endObject());
    json.endArray().beginArray("away");
    ring.away().forEach(user -> json.element(user.value()));
    json.endArray();
  }

  private static @Nullable String instant(@Nullable Instant instant) {
    return instant == null ? null : WireInstant.of(instant);
  }

  /**
   * Reads the object of a draft, with or without segments. Members that it does not know are
   * ignored.
   *
   * @throws WireFormatException when it is no draft
   */
  public static DraftSnapshot read(String json) {
    JsonObject draft = JsonObject.read(json, JsonReader.Limits.DRAFT);
    return new DraftSnapshot(
        draft.value("draft_id", DraftId::new),
        draft.value("creator_id", UserId::new),
        draft.text("title"),
        draft.constantOrNull("platform", Platform.class),
        draft.constant("status", DraftStatus.class),
        new DraftVersion(draft.value("epoch", Epoch::new), draft.whole("revision")),
        readRing(draft.object("ring_state")),
        TurnPolicyJson.read(draft),
        draft.objects("collaborators", DraftJson::readCollaborator),
        draft.has("segments") ? draft.objects("segments", SegmentJson::read) : null,
        draft.smallWhole("segment_count"),
        draft.instant("created_at"),
        draft.instant("updated_at"));
  }

  private static DraftSnapshot.Collaborator readCollaborator(JsonObject json) {
    return new DraftSnapshot.Collaborator(
        json.value("user_id", UserId::new),
        json.constant("role", Role.class),
        json.instant("joined_at"),
        json.flag("away"));
  }

  private static DraftSnapshot.Ring readRing(JsonObject json) {
    return new DraftSnapshot.Ring(
        json.value("current_holder_id", UserId::new),
        json.whole("term"),
        json.values("holders_history", UserId::new),
        json.instant("passed_at"),
        json.instant("turn_started_at"),
        json.instantOrNull("turn_ends_at"),
        json.smallWhole("turn_segments"),
        json.valueOrNull("next_user_id", UserId::new),
        json.objects(
            "requests",
            request ->
                new DraftSnapshot.Request(
                    request.value("user_id", UserId::new), request.instant("requested_at"))),
        json.values("away", UserId::new));
  }
}
