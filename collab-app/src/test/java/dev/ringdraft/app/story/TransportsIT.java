package dev.ringdraft.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Followers who change between all transports while drafts are written. The ways that they take are
 * made from a seed; {@code -Dringdraft.seed=N} takes them again.
 */
@Tag("long")
final class TransportsIT {
  private static final int DRAFTS = 3;
  private static final int FOLLOWERS_OF_A_DRAFT = 12;
  private static final int TURNS = 30;
  private static final int LONGEST_TURN = 4;
  private static final int MOST_EVENTS_OF_A_WAY = 8;
  private static final Duration REST_OF_A_WRITER = Duration.ofMillis(10);

  @TempDir private Path folder;

  /** That a follower went on by another transport. */
  private record Change(Transport from, Transport to) {}

  @Test
  void whoever_changes_the_way_mid_stream_misses_nothing_and_sees_nothing_twice() throws Exception {
    long seed = Long.getLong("ringdraft.seed", System.nanoTime());
    try {
      watchAndWrite(new Random(seed));
    } catch (AssertionError fault) {
      throw new AssertionError("-Dringdraft.seed=%d takes the same ways".formatted(seed), fault);
    }
  }

  private void watchAndWrite(Random random) throws Exception {
    try (RunningServer server = RunningServer.start(folder)) {
      Person ana = new Person("ana", server.url());
      Person ben = new Person("ben", server.url());
      List<Follower> followers = new ArrayList<>();
      List<Callable<Set<Change>>> people = new ArrayList<>();
      for (int i = 0; i < DRAFTS; i++) {
        String draft = ana.start(Person.body().put("title", "Transports"));
        ana.invite(draft, ben, "contributor");
        int[] turns = random.ints(TURNS, 1, LONGEST_TURN + 1).toArray();
        people.add(() -> writeByTurns(ana, ben, draft, turns));
        long last = 2L + FOLLOWERS_OF_A_DRAFT + Arrays.stream(turns).sum() + TURNS;
        for (int j = 0; j < FOLLOWERS_OF_A_DRAFT; j++) {
          Person person = new Person("viewer-%d-%d".formatted(i, j), server.url());
          ana.invite(draft, person, "viewer");
          Follower follower = Follower.of(person, draft);
          followers.add(follower);
          Random ways = new Random(random.nextLong());
          people.add(() -> changeUpTo(last, follower, ways));
        }
      }

      Set<Change> changes = new HashSet<>();
      Together.all(people).forEach(changes::addAll);

      for (Follower follower : followers) {
        assertEquals(ana.log(follower.draft()), follower.run());
      }
      assertEquals(everyChange(), changes);
      assertEquals(0, server.stop());
    }
  }

  /** Who holds the ring appends some segments and passes it to the other; neither changes. */
  private static Set<Change> writeByTurns(Person first, Person second, String draft, int[] turns)
      throws IOException, InterruptedException {
    Person holder = first;
    Person other = second;
    for (int length : turns) {
      for (int i = 0; i < length; i++) {
        holder.append(draft, "segment " + i, null).expect(201);
        LockSupport.parkNanos(REST_OF_A_WRITER.toNanos());
      }
      holder.passRing(draft, other).expect(200);
      Person next = other;
      other = holder;
      holder = next;
    }
    return Set.of();
  }

  /** Goes by one transport for some events, and leaves it for another, whatever is on its way. */
  private static Set<Change> changeUpTo(long last, Follower follower, Random random)
      throws InterruptedException {
    Set<Change> changes = new HashSet<>();
    Transport transport = oneOf(List.of(Transport.values()), random);
    while (follower.revision() < last) {
      int events = 1 + random.nextInt(MOST_EVENTS_OF_A_WAY);
      follower.watch(transport, Math.min(last, follower.revision() + events));
      Transport next = oneOf(List.copyOf(EnumSet.complementOf(EnumSet.of(transport))), random);
      if (follower.revision() < last) {
        changes.add(new Change(transport, next));
      }
      transport = next;
    }
    return changes;
  }

  private static Transport oneOf(List<Transport> transports, Random random) {
    return transports.get(random.nextInt(transports.size()));
  }

  private static Set<Change> everyChange() {
    return Arrays.stream(Transport.values())
        .flatMap(
            from ->
                Arrays.stream(Transport.values())
                    .filter(to -> to != from)
                    .map(to -> new Change(from, to)))
        .collect(Collectors.toSet());
  }
}
