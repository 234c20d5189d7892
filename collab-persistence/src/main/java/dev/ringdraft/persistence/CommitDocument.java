package dev.ringdraft.persistence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.UserId;
import dev.ringdraft.view.Collaborator;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.wire.EventJson;
import dev.ringdraft.wire.WireName;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A commit as one JSON document, which a single statement spreads over the tables. Instants are cut
 * to the microsecond, as PostgreSQL would round them up.
 */
final class CommitDocument {
  private static final JsonFactory JSON = new JsonFactory();

  private final StringWriter text = new StringWriter(512);
  private final JsonGenerator json;

  private CommitDocument() throws IOException {
    json = JSON.createGenerator(text);
  }

  /** The events as they will have been recorded. */
  static List<RecordedEvent> recorded(Commit commit) {
    List<RecordedEvent> recorded = new ArrayList<>();
    for (DraftEvent event : commit.events()) {
      long revision = commit.expectedRevision() + recorded.size() + 1;
      recorded.add(new RecordedEvent(commit.draft(), revision, event));
    }
    return recorded;
  }

  /** A draft's first commit: the whole head row. */
  static String beginning(Commit commit, List<RecordedEvent> events) {
    DraftSummary summary = DraftSummary.startedBy(events.getFirst());
    for (RecordedEvent event : events.subList(1, events.size())) {
      summary = summary.after(event);
    }
    try {
      return new CommitDocument().beginning(commit, events, summary);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** A later commit: what it changes in the head row. */
  static String following(Commit commit, List<RecordedEvent> events) {
    try {
      return new CommitDocument().following(commit, events, Change.of(commit.events()));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private String beginning(Commit commit, List<RecordedEvent> events, DraftSummary summary)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("creator_id", summary.creator().value());
    json.writeStringField("title", summary.title());
    if (summary.platform() != null) {
      json.writeStringField("platform", WireName.of(summary.platform()));
    }
    users("holders_history", summary.ring().holdersHistory());
    instant("passed_at", summary.ring().passedAt());
    collaborators("collaborators", summary.collaborators());
    instant("created_at", summary.createdAt());
    List<UserId> members = new ArrayList<>(List.of(summary.creator()));
    summary.collaborators().forEach(each -> members.add(each.user()));
    users("members", members);
    return finished(commit, events);
  }

  private String following(Commit commit, List<RecordedEvent> events, Change change)
      throws IOException {
    json.writeStartObject();
    if (change.title != null) {
      json.writeStringField("title", change.title);
    }
    users("passed_to", change.passedTo);
    if (change.passedAt != null) {
      instant("passed_at", change.passedAt);
    }
    collaborators("joined", change.joined.values());
    users("gone", change.gone);
    return finished(commit, events);
  }

  private String finished(Commit commit, List<RecordedEvent> events) throws IOException {
    RecordedEvent last = events.getLast();
    json.writeNumberField("revision", last.revision());
    json.writeStringField("status", WireName.of(commit.after().status()));
    json.writeStringField("holder_id", commit.after().ring().holder().value());
    json.writeNumberField("term", commit.after().ring().term());
    json.writeNumberField("segment_count", commit.after().segmentCount());
    instant("updated_at", last.event().at());
    json.writeStringField("command_actor_id", commit.key().actor().value());
    json.writeStringField("command_id", commit.key().commandId());
    json.writeStringField("fingerprint", commit.fingerprint());
    json.writeArrayFieldStart("events");
    for (int part = 0; part < events.size(); part++) {
      event(part, events.get(part));
    }
    json.writeEndArray();
    json.writeEndObject();
    json.close();
    return text.toString();
  }

  private void event(int part, RecordedEvent recorded) throws IOException {
    DraftEvent event = recorded.event();
    json.writeStartObject();
    json.writeNumberField("revision", recorded.revision());
    json.writeStringField("type", EventJson.type(event));
    json.writeStringField("actor_id", event.actor().value());
    instant("accepted_at", event.at());
    json.writeNumberField("command_part", part);
    json.writeFieldName("data");
    json.writeRawValue(EventJson.data(event));
    json.writeEndObject();
  }

  private void users(String name, Collection<UserId> users) throws IOException {
    json.writeArrayFieldStart(name);
    for (UserId user : users) {
      json.writeString(user.value());
    }
    json.writeEndArray();
  }

  private void collaborators(String name, Collection<Collaborator> collaborators)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Collaborator each : collaborators) {
      json.writeStartObject();
      json.writeStringField("user_id", each.user().value());
      json.writeStringField("role", WireName.of(each.role()));
      instant("joined_at", each.joinedAt());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void instant(String name, Instant value) throws IOException {
    json.writeStringField(name, value.truncatedTo(ChronoUnit.MICROS).toString());
  }

  /** What events change in the head row beyond what the rules read. */
  private static final class Change {
    @Nullable String title;
    final List<UserId> passedTo = new ArrayList<>();
    @Nullable Instant passedAt;

    /** Members afterwards who were none before, or not without a break. */
    final Map<UserId, Collaborator> joined = new LinkedHashMap<>();

    /** Members before who left, even when they came back. */
    final Set<UserId> gone = new LinkedHashSet<>();

    static Change of(List<DraftEvent> events) {
      Change change = new Change();
      events.forEach(change::add);
      return change;
    }

    private void add(DraftEvent event) {
      switch (event) {
        case RingPassed passed -> {
          passedTo.add(passed.to());
          passedAt = passed.at();
        }
        case CollaboratorAdded added ->
            joined.put(added.user(), new Collaborator(added.user(), added.role(), added.at()));
        case CollaboratorRemoved removed -> {
          if (joined.remove(removed.user()) == null) {
            gone.add(removed.user());
          }
        }
        case DraftUpdated updated -> title = updated.title() == null ? title : updated.title();
        case DraftEvent.DraftCreated created -> {}
        case DraftEvent.SegmentAdded added -> {}
      }
    }
  }
}
