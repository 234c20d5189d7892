package dev.ringdraft.room;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.member.UserId;
import dev.ringdraft.presence.Present;
import dev.ringdraft.room.RoomFixture.TestSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A room under any interleaving of commits, news (late, doubled, lost, out of order), joins, drops,
 * stalls, ticks and passing time. Each run is made from a seed that is its name; {@code
 * -Dringdraft.seed=N} runs that one alone. What holds after every step:
 *
 * <ul>
 *   <li>No gap, no repeat: what a viewer was sent is an unbroken run from where it began.
 *   <li>Nothing before its commit: no viewer is ahead of the log.
 *   <li>Bounded memory: a room's window, and a write, hold no more than they may, whoever stalls.
 *   <li>Only the stuck are sent away.
 * </ul>
 *
 * and when all has come to rest:
 *
 * <ul>
 *   <li>Nothing lost: every viewer who reads is at the head.
 *   <li>Presence settles: every viewer who is told who is here was told the truth.
 *   <li>No room outlives its viewers for longer than it lingers.
 * </ul>
 */
final class RoomSimulationTest {
  private static final int RUNS = 200;
  private static final int STEPS = 400;

  /** That somebody was stuck is no news here. */
  private static final Logger ROOMS = Logger.getLogger(Room.class.getName());

  static {
    ROOMS.setLevel(Level.WARNING);
  }

  @TestFactory
  Stream<DynamicTest> every_viewer_gets_an_unbroken_run() {
    Long seed = Long.getLong("ringdraft.seed");
    IntStream seeds = seed == null ? IntStream.range(0, RUNS) : IntStream.of(seed.intValue());
    return seeds.mapToObj(s -> DynamicTest.dynamicTest("seed " + s, () -> new Simulation(s).run()));
  }

  private static final class Simulation {
    private final Random random;
    private final RoomFixture fixture;
    private final List<TestSubscriber> present = new ArrayList<>();

    Simulation(long seed) {
      random = new Random(seed);
      fixture =
          new RoomFixture(random.nextBoolean() ? RoomFixture.narrow() : RoomFixture.keepingRooms());
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        step();
        present.forEach(this::noGapAndNoRepeat);
        present.forEach(this::onlyTheStuckAreSentAway);
        boundedMemory();
        present.removeIf(subscriber -> subscriber.line().closed != null);
      }
      comeToRest();
      present.forEach(this::nothingLost);
      presenceSettles();
      noRoomOutlivesItsViewers();
    }

    private void step() {
      switch (random.nextInt(14)) {
        case 0, 1, 2 -> fixture.append();
        case 3 -> tellSomething();
        case 4 -> join();
        case 5 -> leave();
        case 6, 7 -> runSomeTask();
        case 8, 9, 10 -> endSomeWrite();
        case 11 -> fixture.pass(Duration.ofMillis(random.nextInt(2_000)));
        default -> fixture.hub.tick();
      }
    }

    /** News get lost, and come doubled and in any order. */
    private void tellSomething() {
      if (!fixture.untold.isEmpty()) {
        int which = random.nextInt(fixture.untold.size());
        switch (random.nextInt(4)) {
          case 0 -> fixture.untold.remove(which);
          case 1 -> fixture.hub.committed(fixture.untold.get(which));
          default -> fixture.hub.committed(fixture.untold.remove(which));
        }
      }
    }

    private void join() {
      if (present.size() < 6) {
        Long after = random.nextBoolean() ? null : random.nextLong(fixture.head() + 1);
        UserId user = random.nextBoolean() ? RoomFixture.ANA : RoomFixture.BEN;
        SubscriptionOptions options =
            random.nextBoolean()
                ? SubscriptionOptions.live()
                : SubscriptionOptions.live().unlisted();
        TestSubscriber subscriber =
            fixture.admitWith(user, after == null ? options : options.after(after));
        assertTrue(after == null ? from(subscriber) <= fixture.head() : from(subscriber) == after);
        subscriber.line().writesAtOnce = random.nextInt(3) == 0;
        present.add(subscriber);
        subscriber.viewer().start();
      }
    }

    private void leave() {
      if (!present.isEmpty() && random.nextInt(3) == 0) {
        TestSubscriber subscriber = present.remove(random.nextInt(present.size()));
        if (random.nextBoolean()) {
          subscriber.viewer().end();
        } else {
          subscriber.line().broken();
          subscriber.viewer().end();
        }
      }
    }

    private void runSomeTask() {
      if (!fixture.tasks.isEmpty()) {
        fixture.tasks.remove(random.nextInt(fixture.tasks.size())).run();
      }
    }

    private void endSomeWrite() {
      if (!present.isEmpty()) {
        present.get(random.nextInt(present.size())).line().written();
      }
    }

    private void comeToRest() {
      // Who went is shown for ten seconds more.
      for (int second = 0; second < 12; second++) {
        fixture.pass(Duration.ofSeconds(1));
        fixture.hub.tick();
        boolean moving = true;
        while (moving) {
          fixture.settle();
          moving = present.stream().anyMatch(subscriber -> subscriber.line().isWriting());
          present.forEach(subscriber -> subscriber.line().written());
        }
        present.removeIf(subscriber -> subscriber.line().closed != null);
      }
    }

    private void noGapAndNoRepeat(TestSubscriber subscriber) {
      List<Long> revisions = subscriber.line().revisions;
      assertEquals(run(from(subscriber), from(subscriber) + revisions.size()), revisions);
      assertTrue(revisions.isEmpty() || revisions.getLast() <= fixture.head());
    }

    private void onlyTheStuckAreSentAway(TestSubscriber subscriber) {
      CloseCode closed = subscriber.line().closed;
      assertTrue(closed == null || (closed == CloseCode.SLOW && subscriber.line().isWriting()));
    }

    private void boundedMemory() {
      RoomSettings bounds = fixture.settings;
      present.forEach(subscriber -> assertTrue(subscriber.line().widest() <= bounds.writeBytes()));
      Window window = fixture.hub.window(fixture.draft);
      if (window != null) {
        assertTrue(window.head() - window.floor() <= bounds.windowEvents());
        assertTrue(
            window.after(window.floor()).stream().mapToInt(EncodedEvent::bytes).sum()
                <= bounds.windowBytes());
      }
    }

    private void nothingLost(TestSubscriber subscriber) {
      assertNull(subscriber.line().closed);
      assertEquals(run(from(subscriber), fixture.head()), subscriber.line().revisions);
    }

    private void presenceSettles() {
      Map<UserId, Present> here =
          fixture.hub.present(fixture.draft).users().stream()
              .collect(toMap(Present::user, Function.identity()));
      long attending =
          present.stream().filter(subscriber -> subscriber.viewer().isListed()).count();
      assertEquals(attending, here.values().stream().mapToInt(Present::connections).sum());
      present.stream()
          .filter(subscriber -> subscriber.viewer().isListed())
          .forEach(subscriber -> assertEquals(here, subscriber.line().shown()));
    }

    private void noRoomOutlivesItsViewers() {
      present.forEach(subscriber -> subscriber.viewer().end());
      fixture.pass(fixture.settings.idleTimeout());
      fixture.hub.tick();
      assertEquals(0, fixture.hub.openRooms());
      fixture.pass(fixture.settings.departureGrace());
      assertFalse(fixture.hub.present(fixture.draft).users().stream().findAny().isPresent());
    }

    private static long from(TestSubscriber subscriber) {
      return subscriber.viewer().startPosition().from();
    }

    private static List<Long> run(long after, long to) {
      return LongStream.rangeClosed(after + 1, to).boxed().toList();
    }
  }
}
