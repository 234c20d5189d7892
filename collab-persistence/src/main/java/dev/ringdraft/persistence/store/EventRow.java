package dev.ringdraft.persistence.store;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.persistence.store.EventCodec.StoredEvent;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One event, as it is read. */
@Entity
@Immutable
@Table(name = "draft_event")
@IdClass(EventRow.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class EventRow {
  @Id
  @Column(name = "draft_id")
  String draftId;

  @Id long revision;

  short version;

  String type;

  @Column(name = "actor_id")
  String actorId;

  @Column(name = "accepted_at")
  Instant acceptedAt;

  @Column(name = "command_actor_id")
  String commandActorId;

  @Column(name = "command_id")
  String commandId;

  String fingerprint;

  @JdbcTypeCode(SqlTypes.JSON)
  String data;

  RecordedEvent recorded() {
    return EventCodec.read(
        new DraftId(draftId), revision, new StoredEvent(version, type, actorId, acceptedAt, data));
  }

  record Key(String draftId, long revision) {}
}
