package dev.ringdraft.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringdraft.app.story.Person.Answer;
import dev.ringdraft.app.story.Person.Seen;
import dev.ringdraft.app.story.Person.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ana and Ben write one draft by turns, and each sees the other live. */
final class TwoPeopleIT {
  private static final long AT_ONCE = Duration.ofMillis(100).toNanos();

  @TempDir private Path folder;

  @Test
  void they_write_by_turns_and_each_sees_every_event_at_once_and_in_order() throws Exception {
    try (RunningServer server = RunningServer.start(folder)) {
      Person ana = new Person("ana", server.url());
      Person ben = new Person("ben", server.url());
      warmUp(ana);

      String draft = draftOf(ana, ben);
      Watch byAna = ana.watch(draft, null);
      Watch byBen = ben.watch(draft, null);
      byAna.next("connected");
      byBen.next("connected");
      List<Watch> both = List.of(byAna, byBen);

      assertEquals(403, ben.append(draft, "out of turn", null).status());
      assertSeen(both, "collab.segment_added", 4, ana.append(draft, "in a village", null), 201);
      assertSeen(both, "collab.ring_passed", 5, ana.passRing(draft, ben), 200);
      assertEquals("ring_required", ana.append(draft, "no more", null).body().get("code").asText());
      assertSeen(
          both, "collab.segment_added", 6, ben.append(draft, "lived a dragon 🐉", null), 201);
      assertSeen(both, "collab.ring_passed", 7, ben.passRing(draft, ana), 200);
      assertSeen(both, "collab.segment_added", 8, ana.append(draft, "The end.", null), 201);

      for (Watch watch : both) {
        assertEquals(List.of(), watch.soFar());
      }
      JsonNode read = ben.read("/drafts/" + draft).expect(200).data();
      assertEquals(
          List.of("Once upon a time", "in a village", "lived a dragon 🐉", "The end."),
          read.get("segments").findValuesAsText("content"));
      assertEquals(3, read.get("ring_state").get("term").asInt());
      assertEquals(0, server.stop());
    }
  }

  /** Both see the event once, and within a tenth of a second of its author. */
  private static void assertSeen(
      List<Watch> watches, String type, long revision, Answer answer, int status)
      throws InterruptedException {
    long acknowledged = System.nanoTime();
    assertEquals(revision, answer.expect(status).body().get("revision").asLong());
    for (Watch watch : watches) {
      Seen seen = watch.next(type);
      assertEquals(revision, seen.revision());
      long late = seen.nanos() - acknowledged;
      assertTrue(late < AT_ONCE, () -> late / 1_000_000 + " ms after the acknowledgement");
    }
  }

  /** A first request meets cold code; what is promised is for a server that runs. */
  private static void warmUp(Person person) throws Exception {
    String draft = draftOf(person, new Person("warm-up", "unused"));
    for (int i = 0; i < 20; i++) {
      person.append(draft, "warm-up", null).expect(201);
    }
  }

  /** A draft at revision 3: created, its first segment, a collaborator. */
  private static String draftOf(Person creator, Person collaborator)
      throws IOException, InterruptedException {
    String draft =
        creator.start(
            Person.body().put("title", "A tale").put("initial_segment", "Once upon a time"));
    creator.invite(draft, collaborator, "contributor");
    return draft;
  }

  @Test
  void a_server_that_is_killed_in_a_burst_of_appends_has_lost_and_doubled_nothing()
      throws Exception {
    Burst burst;
    String draft;
    List<Seen> seen;
    try (RunningServer server = RunningServer.start(folder)) {
      Person ana = new Person("ana", server.url());
      Person ben = new Person("ben", server.url());
      draft = draftOf(ana, ben);
      burst = new Burst(draft, Duration.ZERO);
      Watch watch = ben.watch(draft, null);
      watch.next("connected");
      eightAtOnce(server, ana, burst);
      seen = watch.soFar();
    }
    assertTrue(burst.acknowledged().size() >= 200, "acknowledged: " + burst.acknowledged().size());

    try (RunningServer server = RunningServer.start(folder)) {
      Person ana = new Person("ana", server.url());
      Person ben = new Person("ben", server.url());
      burst.repeat(ana);

      JsonNode read = ben.read("/drafts/" + draft).expect(200).data();
      JsonNode segments = read.get("segments");
      assertEquals(
          IntStream.range(0, segments.size()).boxed().toList(),
          segments.findValues("position").stream().map(JsonNode::asInt).toList());
      Map<String, Long> acknowledged = burst.acknowledged();
      List<String> contents = segments.findValuesAsText("content");
      assertEquals(1 + acknowledged.size(), contents.size());
      assertTrue(contents.containsAll(acknowledged.keySet()));

      long head = read.get("revision").asLong();
      long known = seen.isEmpty() ? 3 : seen.getLast().revision();
      Watch resumed = ben.watch(draft, known);
      assertTrue(resumed.next("connected").frame().get("resumed").asBoolean());
      List<Seen> all = new ArrayList<>(seen);
      all.addAll(resumed.upTo(head));
      assertEquals(
          LongStream.rangeClosed(4, head).boxed().toList(),
          all.stream().map(Seen::revision).toList());
      all.stream()
          .map(event -> event.frame().path("data"))
          .forEach(
              event ->
                  assertEquals(
                      acknowledged.get(event.path("content").asText()),
                      event.path("position").asLong() + 3));
    }
  }

  /** Eight at once append for the holder until the server is killed under them. */
  private static void eightAtOnce(RunningServer server, Person ana, Burst burst)
      throws InterruptedException {
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < 8; writer++) {
        writers.execute(() -> burst.appendUntilGone(ana));
      }
      burst.awaitAcknowledged(200);
      server.kill();
    }
  }
}
