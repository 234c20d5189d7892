package dev.ringdraft.persistence;

import dev.ringdraft.draft.CorruptHistoryException;
import dev.ringdraft.draft.Draft;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.member.Members;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.Ring;
import dev.ringdraft.view.Collaborator;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.view.RingState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** What the rules read. */
  Draft draft() {
    return read(
        () -> {
          Map<UserId, Role> roles = new LinkedHashMap<>();
          for (Collaborator each : StoredCollaborators.read(collaborators)) {
            roles.put(each.user(), each.role());
          }
          return new Draft(
              new Members(new UserId(creatorId), roles),
              ring(),
              StoredNames.constant(DraftStatus.class, status),
              segmentCount);
        });
  }

  /** What people read. */
  DraftSummary summary() {
    return read(
        () ->
            new DraftSummary(
                new DraftId(draftId),
                new UserId(creatorId),
                title,
                platform == null ? null : StoredNames.constant(Platform.class, platform),
                StoredNames.constant(DraftStatus.class, status),
                revision,
                new RingState(ring(), holders(), passedAt),
                StoredCollaborators.read(collaborators),
                segmentCount,
                createdAt,
                updatedAt));
  }

  private Ring ring() {
    return new Ring(new UserId(holderId), term);
  }

  private List<UserId> holders() {
    return Arrays.stream(holdersHistory).map(UserId::new).toList();
  }

  private <T> T read(StoredNames.Reading<T> reading) {
    try {
      return reading.read();
    } catch (IllegalArgumentException | CorruptHistoryException broken) {
      throw new CorruptHistoryException(
          "the head of draft %s at revision %d: %s"
              .formatted(draftId, revision, broken.getMessage()));
    }
  }
}
