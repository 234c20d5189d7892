package dev.ringdraft.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is told to stop while people watch and write, and another one in its place. */
@Tag("long")
final class DrainIT {
  private static final int SOCKETS_OF_A_DRAFT = 20;
  private static final int FOLLOWERS_OF_ANOTHER_TRANSPORT = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration DRAIN_TIME = Duration.ofSeconds(5);
  private static final Duration REST_OF_A_WRITER = Duration.ofMillis(20);

  @TempDir private Path folder;

  private final List<Subscription> subscriptions = new ArrayList<>();

  /** A follower on the transport by which the first server is watched. */
  private record Subscription(Follower follower, Transport transport) {}

  /**
   * How the first server let a follower go.
   *
   * @param announced in how many milliseconds its end would come, each time that it was said
   * @param how as in {@link FeedResult.Over}
   */
  private record Ending(Transport transport, List<Long> announced, String how) {}

  @Test
  void everybody_is_sent_away_in_order_and_misses_nothing_when_they_come_back() throws Exception {
    Burst first;
    Burst second;
    String quiet;
    try (RunningServer server = RunningServer.start(folder)) {
      Person ana = new Person("ana", server.url());
      first = new Burst(draft(ana), REST_OF_A_WRITER);
      second = new Burst(draft(ana), REST_OF_A_WRITER);
      quiet = draft(ana);
      CountDownLatch watching = new CountDownLatch(subscriptions.size());
      CompletableFuture<List<Ending>> endings = watchUntilSentAway(watching);
      CompletableFuture<Void> writing = write(ana, List.of(first, second));
      assertTrue(watching.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      first.awaitAcknowledged(20);
      second.awaitAcknowledged(20);

      long told = System.nanoTime();
      server.terminate();

      server.awaitShown("/health/ready", Pattern.compile("^503 .*\"draining\""), PATIENCE);
      assertNobodyGetsIn(ana, quiet);
      try (HalfSent underWay = HalfSent.append(server.url(), quiet, "ana", "written at the end")) {
        assertSentAway(endings.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        String answer = underWay.finish();
        assertTrue(answer.startsWith("HTTP/1.1 201 "), answer);
      }
      writing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertEquals(0, server.exitCode());
      Duration took = Duration.ofNanos(System.nanoTime() - told);
      assertTrue(took.toSeconds() < 30, () -> "ended after " + took);
      assertThrows(ConnectException.class, () -> ana.read("/drafts"));
    }

    try (RunningServer server = RunningServer.start(folder)) {
      Person ana = new Person("ana", server.url());
      first.repeat(ana);
      second.repeat(ana);
      assertTrue(ana.log(quiet).getLast().toString().contains("written at the end"));
      Together.all(
          subscriptions.stream().map(subscription -> comeBack(subscription, server)).toList());
      assertEquals(0, server.stop());
    }
  }

  /** A draft, and those who will watch it. */
  private String draft(Person creator) throws IOException, InterruptedException {
    String draft = creator.start(Person.body().put("title", "Drain"));
    for (Transport transport : Transport.values()) {
      int count =
          transport == Transport.SOCKET ? SOCKETS_OF_A_DRAFT : FOLLOWERS_OF_ANOTHER_TRANSPORT;
      for (int i = 0; i < count; i++) {
        Person person = creator.named("%s-%d".formatted(transport, i));
        creator.invite(draft, person, "viewer");
        subscriptions.add(new Subscription(Follower.of(person, draft), transport));
      }
    }
    return draft;
  }

  private CompletableFuture<List<Ending>> watchUntilSentAway(CountDownLatch watching) {
    List<Callable<Ending>> people = new ArrayList<>();
    for (Subscription subscription : subscriptions) {
      people.add(() -> untilSentAway(subscription, watching));
    }
    return inBackground(() -> Together.all(people));
  }

  private static Ending untilSentAway(Subscription subscription, CountDownLatch watching)
      throws InterruptedException {
    List<Long> announced = new ArrayList<>();
    boolean isIn = false;
    try (EventFeed feed = subscription.transport().open(subscription.follower())) {
      while (true) {
        switch (feed.next()) {
          case FeedResult.Came came -> subscription.follower().see(came.events());
          case FeedResult.Draining draining -> announced.add(draining.reconnectInMillis());
          case FeedResult.Over over -> {
            return new Ending(subscription.transport(), announced, over.how());
          }
        }
        if (!isIn && subscription.follower().revision() > 0) {
          isIn = true;
          watching.countDown();
        }
      }
    }
  }

  private static CompletableFuture<Void> write(Person writer, List<Burst> bursts) {
    return CompletableFuture.allOf(
        bursts.stream()
            .map(
                burst ->
                    inBackground(
                        () -> {
                          burst.appendUntilGone(writer);
                          return burst;
                        }))
            .toArray(CompletableFuture[]::new));
  }

  private static <T> CompletableFuture<T> inBackground(Callable<T> work) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            outcome.complete(work.call());
          } catch (Throwable fault) {
            outcome.completeExceptionally(fault);
          }
        });
    return outcome;
  }

  private static void assertNobodyGetsIn(Person person, String draft) {
    HttpResponse<?> refusal = person.refusal(draft).orElseThrow();
    assertEquals(503, refusal.statusCode());
    assertTrue(refusal.headers().firstValue("Retry-After").isPresent());
  }

  /** Each by what its transport has, and the sockets one after the other. */
  private static void assertSentAway(List<Ending> endings) {
    Set<Long> ends = new HashSet<>();
    for (Ending ending : endings) {
      boolean isInOrder =
          switch (ending.transport()) {
            case SOCKET -> ending.how().equals("4000 draining");
            case STREAM -> ending.how().equals("ended");
            case POLL, TAG -> ending.how().equals("refused") || ending.how().equals("503");
          };
      assertTrue(isInOrder, ending::toString);
      assertEquals(ending.transport() == Transport.SOCKET ? 1 : 0, ending.announced().size());
      ends.addAll(ending.announced());
    }
    assertEquals(3 * SOCKETS_OF_A_DRAFT, ends.size(), () -> "ends that are spread: " + ends);
    assertTrue(ends.stream().allMatch(end -> end <= DRAIN_TIME.toMillis()), ends::toString);
  }

  /**
   * At the other server, by the same transport if that is a socket, else by another, to the end.
   */
  private static Callable<Follower> comeBack(Subscription subscription, RunningServer server) {
    Transport transport =
        switch (subscription.transport()) {
          case SOCKET, TAG -> Transport.SOCKET;
          case STREAM -> Transport.POLL;
          case POLL -> Transport.STREAM;
        };
    return () -> {
      Follower follower = subscription.follower().at(server.url());
      List<JsonNode> log = follower.person().log(follower.draft());
      follower.watch(transport, log.size());
      assertEquals(log, follower.run());
      return follower;
    };
  }
}
