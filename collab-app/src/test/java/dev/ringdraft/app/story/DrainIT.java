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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is told to stop while people watch and write, and another one in its place. */
final class DrainIT {
  private static final int SOCKETS_OF_A_DRAFT = 20;
  private static final int VIEWERS_OF_ANOTHER_RUNG = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration DRAIN_TIME = Duration.ofSeconds(5);
  private static final Duration REST_OF_A_WRITER = Duration.ofMillis(20);

  @TempDir private Path folder;

  private final List<Seat> seats = new ArrayList<>();

  /** A viewer on the rung by which the first server is watched. */
  private record Seat(Viewer viewer, Rung rung) {}

  /**
   * How the first server let a viewer go.
   *
   * @param announced in how many milliseconds its end would come, each time that it was said
   * @param how as in {@link News.Over}
   */
  private record Farewell(Rung rung, List<Long> announced, String how) {}

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
      CountDownLatch watching = new CountDownLatch(seats.size());
      CompletableFuture<List<Farewell>> farewells = watchUntilSentAway(watching);
      CompletableFuture<Void> writing = write(ana, List.of(first, second));
      assertTrue(watching.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      first.awaitAcknowledged(20);
      second.awaitAcknowledged(20);

      long told = System.nanoTime();
      server.terminate();

      server.awaitShown("/health/ready", Pattern.compile("^503 .*\"draining\""), PATIENCE);
      assertNobodyGetsIn(ana, quiet);
      try (HalfSent underWay = HalfSent.append(server.url(), quiet, "ana", "written at the end")) {
        assertSentAway(farewells.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
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
      Together.all(seats.stream().map(seat -> comeBack(seat, server)).toList());
      assertEquals(0, server.stop());
    }
  }

  /** A draft, and those who will watch it. */
  private String draft(Person creator) throws IOException, InterruptedException {
    String draft = creator.start(Person.body().put("title", "Drain"));
    for (Rung rung : Rung.values()) {
      int count = rung == Rung.SOCKET ? SOCKETS_OF_A_DRAFT : VIEWERS_OF_ANOTHER_RUNG;
      for (int i = 0; i < count; i++) {
        Person person = creator.named("%s-%d".formatted(rung, i));
        creator.invite(draft, person, "viewer");
        seats.add(new Seat(Viewer.of(person, draft), rung));
      }
    }
    return draft;
  }

  private CompletableFuture<List<Farewell>> watchUntilSentAway(CountDownLatch watching) {
    List<Callable<Farewell>> people = new ArrayList<>();
    for (Seat seat : seats) {
      people.add(() -> untilSentAway(seat, watching));
    }
    return inBackground(() -> Together.all(people));
  }

  private static Farewell untilSentAway(Seat seat, CountDownLatch watching)
      throws InterruptedException {
    List<Long> announced = new ArrayList<>();
    boolean isIn = false;
    try (Feed feed = seat.rung().open(seat.viewer())) {
      while (true) {
        switch (feed.next()) {
          case News.Came came -> seat.viewer().see(came.events());
          case News.Draining draining -> announced.add(draining.reconnectInMillis());
          case News.Over over -> {
            return new Farewell(seat.rung(), announced, over.how());
          }
        }
        if (!isIn && seat.viewer().revision() > 0) {
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

  /** Each by what its rung has, and the sockets one after the other. */
  private static void assertSentAway(List<Farewell> farewells) {
    Set<Long> ends = new HashSet<>();
    for (Farewell farewell : farewells) {
      boolean isInOrder =
          switch (farewell.rung()) {
            case SOCKET -> farewell.how().equals("4000 draining");
            case STREAM -> farewell.how().equals("ended");
            case POLL, TAG -> farewell.how().equals("refused") || farewell.how().equals("503");
          };
      assertTrue(isInOrder, farewell::toString);
      assertEquals(farewell.rung() == Rung.SOCKET ? 1 : 0, farewell.announced().size());
      ends.addAll(farewell.announced());
    }
    assertEquals(3 * SOCKETS_OF_A_DRAFT, ends.size(), () -> "ends that are spread: " + ends);
    assertTrue(ends.stream().allMatch(end -> end <= DRAIN_TIME.toMillis()), ends::toString);
  }

  /** At the other server, by the same rung if that is a socket, else by another, to the end. */
  private static Callable<Viewer> comeBack(Seat seat, RunningServer server) {
    Rung rung =
        switch (seat.rung()) {
          case SOCKET, TAG -> Rung.SOCKET;
          case STREAM -> Rung.POLL;
          case POLL -> Rung.STREAM;
        };
    return () -> {
      Viewer viewer = seat.viewer().at(server.url());
      List<JsonNode> log = viewer.person().log(viewer.draft());
      viewer.watch(rung, log.size());
      assertEquals(log, viewer.run());
      return viewer;
    };
  }
}
