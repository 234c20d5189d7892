package dev.ringdraft.rest.stream;

import dev.ringdraft.member.UserId;
import dev.ringdraft.rest.problem.ProblemException;
import dev.ringdraft.room.CloseCode;
import dev.ringdraft.room.Subscriber;
import dev.ringdraft.room.Subscription;
import jakarta.ws.rs.container.AsyncResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait for events. None of them holds a thread; one timer serves them all. What
 * answers them, and so may wait for the network, runs as a task of its own. Safe for use by many
 * threads.
 */
public final class EventWaiters implements AutoCloseable {
  /** Comments are spread in time as finely as this. */
  private static final int TICKS_PER_COMMENT = 15;

  private final Executor tasks;
  private final WaiterLimit limit;
  private final Duration commentEvery;
  private final SseFormat format = new SseFormat();
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("wait-timer").factory());

  /**
   * @param commentEvery how often a stream shows that it is alive
   */
  public EventWaiters(Executor tasks, WaiterLimit limit, Duration commentEvery) {
    this.tasks = tasks;
    this.limit = limit;
    this.commentEvery = commentEvery;
    timer.setRemoveOnCancelPolicy(true);
    long period = Math.max(1, commentEvery.toMillis() / TICKS_PER_COMMENT);
    Future<?> unused = timer.scheduleAtFixedRate(this::tick, period, period, TimeUnit.MILLISECONDS);
  }

  /**
   * Lets a poll wait, and answers it when it has ended.
   *
   * @param wait how long at most
   * @throws ProblemException when too many requests of the user wait already
   */
  public void poll(
      Subscription admission, EventQuery query, Duration wait, PendingResponse pending) {
    UserId user = admission.user();
    limit.enter(user);
    LongPoll poll = new LongPoll(user, query.after(), query.limit(), admission.version());
    Subscriber viewer = admission.poll(poll, query.after());
    Future<?> end = timer.schedule(poll::endEmpty, wait.toMillis(), TimeUnit.MILLISECONDS);
    Future<?> unused =
        poll.answer()
            .whenComplete(
                (events, refusal) -> {
                  end.cancel(false);
                  viewer.end();
                  limit.leave(user);
                  if (poll.answer().isCancelled()) {
                    pending.client().release();
                  } else {
                    run(() -> answer(pending.response(), events, refusal));
                  }
                });
    pending.client().then(() -> poll.answer().cancel(false));
    viewer.start();
  }

  /**
   * Answers with a stream of events, which ends with its connection, or with the caller's proof of
   * who they are.
   *
   * @param headers sets those of the answer
   * @param departure of the caller
   * @throws ProblemException when too many requests of the user wait already
   */
  public void stream(
      Subscription admission, StreamSpan span, Runnable headers, ClientDisconnect departure) {
    UserId user = admission.user();
    limit.enter(user);
    headers.run();
    EventStream stream = new EventStream(departure.request(), format, span.from(), commentEvery);
    Subscriber viewer = admission.poll(stream, span.from().after());
    departure.then(
        () -> {
          streams.remove(stream);
          viewer.end();
          limit.leave(user);
          stream.gone();
          departure.release();
        });
    Duration left = span.left();
    if (left != null) {
      Future<?> end =
          timer.schedule(
              () -> stream.close(CloseCode.TOKEN_ENDED), left.toMillis(), TimeUnit.MILLISECONDS);
      departure.then(() -> end.cancel(false));
    }
    stream.begin(System.nanoTime());
    streams.add(stream);
    if (departure.hasHappened()) {
      streams.remove(stream);
    }
    viewer.start();
  }

  private void tick() {
    long now = System.nanoTime();
    streams.forEach(stream -> stream.tick(now));
  }

  private static void answer(
      AsyncResponse response, @Nullable PolledEvents events, @Nullable Throwable refusal) {
    if (refusal == null) {
      response.resume(events);
    } else {
      response.resume(refusal);
    }
  }

  /**
   * Here when no tasks are taken any more: the server has gone, and nothing is left to wait for.
   */
  private void run(Runnable task) {
    try {
      tasks.execute(task);
    } catch (RejectedExecutionException stopped) {
      task.run();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
