package dev.ringdraft.bench.history;

import dev.ringdraft.bench.history.Attempt.Append;
import dev.ringdraft.bench.history.Attempt.Committed;
import dev.ringdraft.bench.history.Attempt.Pass;
import dev.ringdraft.bench.history.Attempt.Refused;
import dev.ringdraft.bench.history.Attempt.Request;
import dev.ringdraft.bench.history.Attempt.Result;
import dev.ringdraft.bench.history.Attempt.Unknown;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A member who appends and passes the ring on, as fast as one by one allows, whether or not it has
 * the ring. A command of unknown result is mostly sent again under its key, to any server, until it
 * is decided.
 */
final class Writer implements Runnable {
  private static final double PASSES = 0.2;
  private static final double GIVES_UP = 0.1;
  private static final long REST_AFTER_REFUSAL = 40;
  private static final long REST_BEFORE_RETRY = 200;
  private static final int INTERNAL_ERROR = 500;

  /**
   * A member of a draft.
   *
   * @param others who may get the ring from it
   */
  record Member(String draft, String user, List<String> others) {}

  private final Servers servers;
  private final Member member;
  private final AtomicBoolean over;
  private final Queue<Attempt> attempts;
  private long number;

  /**
   * @param over set from outside, after which nothing new is sent
   * @param attempts where each attempt is recorded; thread-safe
   */
  Writer(Servers servers, Member member, AtomicBoolean over, Queue<Attempt> attempts) {
    this.servers = servers;
    this.member = member;
    this.over = over;
    this.attempts = attempts;
  }

  @Override
  public void run() {
    try {
      while (!over.get()) {
        Result result = decide(new Append(member.user() + " " + ++number));
        if (result instanceof Committed) {
          if (ThreadLocalRandom.current().nextDouble() < PASSES) {
            decide(new Pass(oneOf(member.others())));
          }
        } else {
          rest(REST_AFTER_REFUSAL);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Result decide(Request request) throws InterruptedException {
    String key = UUID.randomUUID().toString();
    Result result = attempt(key, request);
    while (result instanceof Unknown
        && !over.get()
        && ThreadLocalRandom.current().nextDouble() >= GIVES_UP) {
      rest(REST_BEFORE_RETRY);
      result = attempt(key, request);
    }
    return result;
  }

  private Result attempt(String key, Request request) throws InterruptedException {
    long invokedAt = System.nanoTime();
    Result result = send(key, request);
    attempts.add(new Attempt(key, member.user(), request, invokedAt, System.nanoTime(), result));
    return result;
  }

  private Result send(String key, Request request) throws InterruptedException {
    URI server = servers.any();
    try {
      Servers.Answer answer =
          switch (request) {
            case Append append ->
                servers.post(
                    Servers.draft(server, member.draft(), "segments"),
                    member.user(),
                    key,
                    Map.of("content", append.content()));
            case Pass pass ->
                servers.post(
                    Servers.draft(server, member.draft(), "pass-ring"),
                    member.user(),
                    key,
                    Map.of("to_user_id", pass.to()));
          };
      if (answer.isSuccess()) {
        return new Committed(answer.json().path("revision").asLong());
      }
      return answer.status() < INTERNAL_ERROR
          ? new Refused(answer.status())
          : new Unknown("status " + answer.status());
    } catch (IOException lost) {
      return new Unknown(lost.toString());
    }
  }

  private static void rest(long milliseconds) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(
        ThreadLocalRandom.current().nextLong(milliseconds / 2, milliseconds * 2));
  }

  private static String oneOf(List<String> names) {
    return names.get(ThreadLocalRandom.current().nextInt(names.size()));
  }
}
