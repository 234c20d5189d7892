package dev.ringdraft.persistence.store;

import dev.ringdraft.draft.CorruptHistoryException;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.connection.Sessions;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.view.DraftCatalog;
import dev.ringdraft.view.DraftCursor;
import dev.ringdraft.view.DraftPage;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.view.DraftView;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/**
 * The catalog on PostgreSQL. A summary is one head row. A view is a head row and then the segments
 * up to its revision: events never change, so the two reads are as of one revision without a
 * transaction around them.
 */
public final class HibernateDraftCatalog implements DraftCatalog {
  private static final String SEGMENTS =
      """
      from EventRow
      where draftId = :draft and revision <= :revision and type in %s
      order by revision
      """
          .formatted(EventCodec.SEGMENT_TYPES);

  private static final String DRAFTS =
      """
      select d from MemberRow m join DraftRow d on d.draftId = m.draftId
      where m.userId = :member%s
      order by d.updatedAt desc, d.draftId
      """;

  private static final String FIRST_PAGE = DRAFTS.formatted("");
  private static final String NEXT_PAGE =
      DRAFTS.formatted(
          " and (d.updatedAt < :updatedAt or d.updatedAt = :updatedAt and d.draftId > :draft)");

  private final Sessions sessions;

  public HibernateDraftCatalog(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Optional<DraftView> view(DraftId draft) {
    return sessions.read(
        session ->
            head(session, draft).map(row -> new DraftView(row.summary(), segments(session, row))));
  }

  @Override
  public Optional<DraftView> view(DraftId draft, UserId reader) {
    return sessions.read(
        session ->
            DraftRow.of(session, draft, reader)
                .map(row -> new DraftView(row.summary(), segments(session, row))));
  }

  private static List<Segment> segments(StatelessSession session, DraftRow head) {
    return session
        .createSelectionQuery(SEGMENTS, EventRow.class)
        .setParameter("draft", head.draftId)
        .setParameter("revision", head.revision)
        .getResultStream()
        .map(HibernateDraftCatalog::segment)
        .toList();
  }

  private static Segment segment(EventRow row) {
    if (row.recorded().event() instanceof SegmentAdded added) {
      return added.segment();
    }
    throw new CorruptHistoryException(
        "draft %s, revision %d: no segment".formatted(row.draftId, row.revision));
  }

  @Override
  public Optional<DraftSummary> summary(DraftId draft) {
    return sessions.read(session -> head(session, draft).map(DraftRow::summary));
  }

  @Override
  public Optional<DraftSummary> summary(DraftId draft, UserId reader) {
    return sessions.read(session -> DraftRow.of(session, draft, reader).map(DraftRow::summary));
  }

  private static Optional<DraftRow> head(StatelessSession session, DraftId draft) {
    return Optional.ofNullable(session.get(DraftRow.class, draft.value()));
  }

  @Override
  public DraftPage draftsOf(UserId member, @Nullable DraftCursor after, int limit) {
    List<DraftSummary> found =
        sessions.read(
            session ->
                drafts(session, member, after)
                    .setMaxResults(limit == Integer.MAX_VALUE ? limit : limit + 1)
                    .getResultStream()
                    .map(DraftRow::summary)
                    .toList());
    if (found.size() <= limit) {
      return new DraftPage(found, null);
    }
    List<DraftSummary> page = found.subList(0, limit);
    return new DraftPage(page, new DraftCursor(page.getLast().updatedAt(), page.getLast().id()));
  }

  private static SelectionQuery<DraftRow> drafts(
      StatelessSession session, UserId member, @Nullable DraftCursor after) {
    if (after == null) {
      return session
          .createSelectionQuery(FIRST_PAGE, DraftRow.class)
          .setParameter("member", member.value());
    }
    return session
        .createSelectionQuery(NEXT_PAGE, DraftRow.class)
        .setParameter("member", member.value())
        .setParameter("updatedAt", after.updatedAt())
        .setParameter("draft", after.draft().value());
  }
}
