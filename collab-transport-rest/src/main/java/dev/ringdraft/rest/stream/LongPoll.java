package dev.ringdraft.rest.stream;

import dev.ringdraft.access.Problem;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.UserId;
import dev.ringdraft.rest.problem.ProblemException;
import dev.ringdraft.room.Batch;
import dev.ringdraft.room.CloseCode;
import dev.ringdraft.room.Delivery;
import dev.ringdraft.room.SubscriberConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A request for events that waits for the next ones. It is answered once: with the first that come,
 * with an empty page when the time is up or the server goes away, or with 404 when its reader is
 * removed from the draft.
 */
final class LongPoll implements SubscriberConnection {
  private final UserId reader;
  private final long after;
  private final int limit;
  private final Epoch epoch;
  private final CompletableFuture<PolledEvents> answer = new CompletableFuture<>();

  /** The last revision that was, or could have been, sent to the reader. */
  private volatile long head;

  /**
   * @param after the revision that the reader knows, perhaps one that is still to come
   * @param limit most events of the answer
   * @param seen the draft when the reader was let in
   */
  LongPoll(UserId reader, long after, int limit, DraftVersion seen) {
    this.reader = reader;
    this.after = after;
    this.limit = limit;
    this.epoch = seen.epoch();
    this.head = seen.revision();
  }

  /** Done when the request may be answered; cancelled when nobody is there to be answered. */
  CompletableFuture<PolledEvents> answer() {
    return answer;
  }

  @Override
  public void write(Batch batch, Completion completion) {
    List<Delivery> news = new ArrayList<>();
    boolean removed = false;
    for (Delivery delivery : batch.deliveries()) {
      RecordedEvent event = delivery.event();
      if (event != null) {
        head = event.revision();
        removed |= removesReader(event);
        if (event.revision() > after) {
          news.add(delivery);
        }
      }
    }
    if (removed) {
      close(CloseCode.FORBIDDEN);
    } else if (!news.isEmpty()) {
      answer.complete(new PolledEvents(news.subList(0, Math.min(limit, news.size())), head, epoch));
    }
    completion.written();
  }

  private boolean removesReader(RecordedEvent event) {
    return event.event() instanceof CollaboratorRemoved removal && removal.user().equals(reader);
  }

  @Override
  public void close(CloseCode code) {
    if (code == CloseCode.FORBIDDEN) {
      answer.completeExceptionally(new ProblemException(Problem.notFound()));
    } else {
      endEmpty();
    }
  }

  /** Ends the waiting without events. */
  void endEmpty() {
    answer.complete(new PolledEvents(List.of(), head, epoch));
  }
}
