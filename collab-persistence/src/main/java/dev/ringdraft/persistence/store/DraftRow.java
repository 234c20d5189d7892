package dev.ringdraft.persistence.store;

import dev.ringdraft.draft.CorruptHistoryException;
import dev.ringdraft.draft.Draft;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.Receipt;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.json.StoredNames;
import dev.ringdraft.ring.Ring;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.view.RingState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hibernate.StatelessSession;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** The head row of a draft, as it is read. */
@Entity
@Immutable
@Table(name = "draft")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class DraftRow {
  private static final String OF_MEMBER =
      "from DraftRow where draftId = " + MemberRow.DRAFT_OF_MEMBER;

  @Id
  @Column(name = "draft_id")
  String draftId;

  long revision;

  @Column(name = "creator_id")
  String creatorId;

  String title;
  @Nullable String platform;
  String status;

  @Column(name = "holder_id")
  String holderId;

  long term;

  @Column(name = "holders_history")
  String[] holdersHistory;

  @Column(name = "passed_at")
  Instant passedAt;

  @JdbcTypeCode(SqlTypes.JSON)
  String turns;

  @JdbcTypeCode(SqlTypes.JSON)
  String collaborators;

  @Column(name = "segment_count")
  int segmentCount;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  /** The head row of a draft for a member of it; empty for everybody else, who touch no row. */
  static Optional<DraftRow> of(StatelessSession session, DraftId draft, UserId member) {
    return session
        .createSelectionQuery(OF_MEMBER, DraftRow.class)
        .setParameter("draft", draft.value())
        .setParameter("user", member.value())
        .uniqueResultOptional();
  }

  /** The head row that a statement found, past Hibernate. */
  static DraftRow of(ResultSet found) throws SQLException {
    DraftRow row = new DraftRow();
    row.draftId = found.getString("draft_id");
    row.revision = found.getLong("revision");
    row.creatorId = found.getString("creator_id");
    row.title = found.getString("title");
    row.platform = found.getString("platform");
    row.status = found.getString("status");
    row.holderId = found.getString("holder_id");
    row.term = found.getLong("term");
    row.holdersHistory = (String[]) found.getArray("holders_history").getArray();
    row.passedAt = found.getObject("passed_at", OffsetDateTime.class).toInstant();
    row.turns = found.getString("turns");
    row.collaborators = found.getString("collaborators");
    row.segmentCount = found.getInt("segment_count");
    row.createdAt = found.getObject("created_at", OffsetDateTime.class).toInstant();
    row.updatedAt = found.getObject("updated_at", OffsetDateTime.class).toInstant();
    return row;
  }

  /**
   * The head, with the receipt that was asked for.
   *
   * @throws CorruptHistoryException when the rules could not read it
   */
  DraftHead head(@Nullable Receipt receipt) {
    return read(
        () -> {
          DraftHead head = new DraftHead(summary(), receipt);
          Draft unused = head.draft();
          return head;
        });
  }

  /** The head as members see it. */
  DraftSummary summary() {
    return read(this::decode);
  }

  /**
   * The head as members see it.
   *
   * @throws IllegalArgumentException when the row holds none
   */
  DraftSummary decode() {
    return new DraftSummary(
        new DraftId(draftId),
        new UserId(creatorId),
        title,
        platform == null ? null : StoredNames.constant(Platform.class, platform),
        StoredNames.constant(DraftStatus.class, status),
        revision,
        new RingState(new Ring(new UserId(holderId), term), holders(), passedAt),
        StoredTurns.read(turns),
        StoredCollaborators.read(collaborators),
        segmentCount,
        createdAt,
        updatedAt);
  }

  private List<UserId> holders() {
    return Arrays.stream(holdersHistory).map(UserId::new).toList();
  }

  private <T> T read(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException | CorruptHistoryException broken) {
      throw new CorruptHistoryException(
          "the head of draft %s at revision %d: %s"
              .formatted(draftId, revision, broken.getMessage()));
    }
  }
}
