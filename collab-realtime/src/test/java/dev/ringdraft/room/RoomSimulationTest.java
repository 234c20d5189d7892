package dev.ringdraft.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.room.Stage.Seat;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A room under any interleaving of commits, news (late, doubled, lost, out of order), joins, stalls
 * and departures gives each viewer an unbroken run of revisions. Each run is made from a seed that
 * is its name; {@code -Dringdraft.seed=N} runs that one alone.
 */
final class RoomSimulationTest {
  private static final int RUNS = 200;
  private static final int STEPS = 400;

  @TestFactory
  Stream<DynamicTest> every_viewer_gets_an_unbroken_run() {
    Long seed = Long.getLong("ringdraft.seed");
    IntStream seeds = seed == null ? IntStream.range(0, RUNS) : IntStream.of(seed.intValue());
    return seeds.mapToObj(s -> DynamicTest.dynamicTest("seed " + s, () -> new Simulation(s).run()));
  }

  private static final class Simulation {
    private final Random random;
    private final Stage stage = new Stage(Stage.narrow());
    private final List<Seat> present = new ArrayList<>();

    Simulation(long seed) {
      random = new Random(seed);
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        step();
        present.forEach(this::noGapAndNoRepeat);
      }
      comeToRest();
      for (Seat seat : present) {
        assertEquals(run(from(seat), stage.head()), seat.line().revisions, "nothing lost");
        assertNull(seat.line().closed);
      }
      present.forEach(seat -> seat.viewer().end());
      assertEquals(0, stage.hub.openRooms(), "no room outlives its viewers");
    }

    private void step() {
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> stage.append();
        case 3 -> tellSomething();
        case 4 -> join();
        case 5 -> leave();
        case 6, 7 -> runSomeTask();
        case 8, 9, 10 -> endSomeWrite();
        default -> stage.hub.tick();
      }
    }

    /** News get lost, and come doubled and in any order. */
    private void tellSomething() {
      if (!stage.untold.isEmpty()) {
        int which = random.nextInt(stage.untold.size());
        switch (random.nextInt(4)) {
          case 0 -> stage.untold.remove(which);
          case 1 -> stage.hub.committed(stage.untold.get(which));
          default -> stage.hub.committed(stage.untold.remove(which));
        }
      }
    }

    private void join() {
      if (present.size() < 6) {
        Long after = random.nextBoolean() ? null : random.nextLong(stage.head() + 1);
        long start = after == null ? stage.head() : after;
        Seat seat = stage.join(random.nextBoolean() ? Stage.ANA : Stage.BEN, after);
        seat.line().writesAtOnce = random.nextInt(3) == 0;
        present.add(seat);
        assertEquals(start, from(seat), "begins where it asked to");
      }
    }

    private void leave() {
      if (!present.isEmpty() && random.nextInt(3) == 0) {
        Seat seat = present.remove(random.nextInt(present.size()));
        if (random.nextBoolean()) {
          seat.viewer().end();
        } else {
          seat.line().broken();
          seat.viewer().end();
        }
      }
    }

    private void runSomeTask() {
      if (!stage.tasks.isEmpty()) {
        stage.tasks.remove(random.nextInt(stage.tasks.size())).run();
      }
    }

    private void endSomeWrite() {
      if (!present.isEmpty()) {
        present.get(random.nextInt(present.size())).line().written();
      }
    }

    private void comeToRest() {
      stage.hub.tick();
      boolean moving = true;
      while (moving) {
        stage.settle();
        moving = present.stream().anyMatch(seat -> seat.line().isWriting());
        present.forEach(seat -> seat.line().written());
      }
      stage.settle();
    }

    private void noGapAndNoRepeat(Seat seat) {
      List<Long> revisions = seat.line().revisions;
      assertEquals(run(from(seat), from(seat) + revisions.size()), revisions);
      assertTrue(revisions.isEmpty() || revisions.getLast() <= stage.head());
    }

    private static long from(Seat seat) {
      return seat.viewer().resumption().from();
    }

    private static List<Long> run(long after, long to) {
      return LongStream.rangeClosed(after + 1, to).boxed().toList();
    }
  }
}
