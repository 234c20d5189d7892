package dev.ringdraft.rest.resource;

import dev.ringdraft.authoring.Outcome;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.rest.config.RestPaths;
import dev.ringdraft.rest.json.DraftBody;
import dev.ringdraft.rest.json.DraftBody.Data;
import dev.ringdraft.rest.json.SegmentArray;
import dev.ringdraft.rest.problem.OutcomeProblems;
import dev.ringdraft.rest.problem.ProblemException;
import dev.ringdraft.rest.request.EntityTags;
import dev.ringdraft.view.DraftView;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;

/**
 * The answers that show a draft, and what all answers to mutations have in common: {@code
 * Idempotency-Replayed} when it was carried out before, and the whole draft when the caller prefers
 * it.
 */
public final class DraftResponses {
  private final DraftHistory history;
  private final DraftEventStore store;

  public DraftResponses(DraftHistory history, DraftEventStore store) {
    this.history = history;
    this.store = store;
  }

  DraftHistory history() {
    return history;
  }

  /** The present history. Asked before a read, it never names a later one than that of the data. */
  Epoch epoch() {
    return store.epoch();
  }

  /** Where a draft is. */
  static String addressOf(DraftId draft) {
    return "/" + RestPaths.BASE + "/drafts/" + draft;
  }

  /** An answer that its reader may keep, and asks about before each use. */
  static Response cacheable(ResponseBuilder answer) {
    return answer.header(HttpHeaders.CACHE_CONTROL, "private, no-cache").build();
  }

  /** Says that the answer shows the draft, with its text, as a commit left it. */
  ResponseBuilder showing(ResponseBuilder answer, Committed committed) {
    DraftView view = history.viewAfter(committed);
    SegmentArray segments = SegmentArray.of(committed.draft(), view.segments());
    DraftBody body =
        DraftBody.of(view.summary(), committed.epoch(), segments.slice(0, segments.size()));
    return answer.entity(new Data(body)).tag(EntityTags.of(committed.version()));
  }

  /**
   * The answer to a mutation.
   *
   * @param factory makes it when the caller doesn't prefer the whole draft; its status stays in
   *     either case
   * @throws ProblemException when the outcome is no commit
   */
  Response to(Outcome outcome, MutationHeaders mutation, ResponseFactory factory) {
    Committed committed = OutcomeProblems.committed(outcome);
    ResponseBuilder answer = factory.answer(committed);
    if (mutation.wantsDraft()) {
      answer =
          showing(answer, committed)
              .header(HttpHeaders.CONTENT_LOCATION, addressOf(committed.draft()))
              .header("Preference-Applied", "return=representation");
    }
    if (committed.replayed()) {
      answer.header("Idempotency-Replayed", "true");
    }
    return answer.build();
  }

  /** Makes the answer that a mutation has of its own. */
  @FunctionalInterface
  interface ResponseFactory {
    ResponseBuilder answer(Committed committed);
  }
}
