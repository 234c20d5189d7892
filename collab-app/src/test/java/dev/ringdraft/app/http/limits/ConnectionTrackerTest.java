package dev.ringdraft.app.http.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.access.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * At most three connections, a read timeout of ten seconds, and memory for two bodies of 1,000
 * bytes, or for as much of unflushed responses.
 */
class ConnectionTrackerTest {
  private static final int BODY = 1_000;
  private static final long HELD_BYTES = 2 * (ConnectionTracker.REQUEST_BYTES + BODY);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration STALLED = ResponseBacklogLimit.STALLED_AFTER;

  private final List<String> ended = new ArrayList<>();
  private final List<String> givenUp = new ArrayList<>();
  private long now = Long.MAX_VALUE; // a nano clock may overflow
  private final ConnectionTracker tracker = tracker(3);

  /** What would end a connection, by its name. */
  private final class Ended implements EvictionListener {
    @Override
    public void evicted(TrackedConnection connection) {
      ended.add("idle " + connection.address());
    }

    @Override
    public void bodyEvicted(TrackedConnection connection) {
      ended.add("body " + connection.address());
    }

    @Override
    public void responseEvicted(TrackedConnection connection) {
      ended.add("response " + connection.address());
    }

    @Override
    public void timedOut(TrackedConnection connection) {
      ended.add("late " + connection.address());
    }

    @Override
    public void malformed(TrackedConnection connection, ProblemCode code) {
      ended.add("malformed " + connection.address());
    }
  }

  /** A connection without a network. */
  private static final class Fake implements TrackedConnection {
    private final String name;
    private final List<Runnable> whenClosed = new ArrayList<>();
    private boolean open = true;
    private boolean socket;
    private String lastResponse = "";
    private long unflushed;

    Fake(String name) {
      this.name = name;
    }

    @Override
    public String address() {
      return name;
    }

    @Override
    public void terminate() {
      open = false;
      whenClosed.forEach(Runnable::run);
    }

    @Override
    public void terminateAfter(byte[] response) {
      lastResponse = new String(response, StandardCharsets.US_ASCII);
      terminate();
    }

    @Override
    public void whenClosed(Runnable action) {
      whenClosed.add(action);
      if (!open) {
        action.run();
      }
    }

    @Override
    public long unflushedBytes() {
      return unflushed;
    }

    @Override
    public boolean isSocket() {
      return socket;
    }
  }

  private ConnectionTracker tracker(int connections) {
    return new ConnectionTracker(
        new NetworkConnectionLimits(connections, TIMEOUT, HELD_BYTES),
        new Ended(),
        () -> now,
        () -> "408".getBytes(StandardCharsets.US_ASCII));
  }

  @AfterEach
  void close() {
    tracker.close();
  }

  private Fake accepted(String name) {
    Fake connection = new Fake(name);
    tracker.accepted(connection);
    return connection;
  }

  /** A connection with a request under way. */
  private Fake serving(String name) {
    Fake connection = accepted(name);
    assertTrue(tracker.requestStarted(connection));
    return connection;
  }

  private PendingBody body(Fake connection) {
    return tracker.bodyStarted(connection, BODY, () -> givenUp.add(connection.name)).orElseThrow();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private void passJustMoreThan(Duration time) {
    pass(time.plusNanos(1));
  }

  @Test
  void a_new_connection_evicts_the_longest_idle_one_at_the_limit() {
    Fake ana = serving("ana");
    Fake ben = accepted("ben");
    Fake cleo = accepted("cleo");
    tracker.responseCompleted(ana, false);

    Fake vera = accepted("vera");

    assertEquals(List.of("idle ben"), ended);
    assertFalse(ben.open);
    assertTrue(ana.open && cleo.open && vera.open);
    assertEquals(3, tracker.count());
  }

  @Test
  void a_new_connection_is_refused_when_none_is_idle() {
    Stream.of("ana", "ben", "cleo").forEach(this::serving);

    assertFalse(accepted("vera").open);

    assertEquals(List.of("idle vera"), ended);
    assertEquals(3, tracker.count());
  }

  @Test
  void a_part_of_a_head_makes_no_connection_less_idle() {
    Fake ana = accepted("ana");
    accepted("ben");
    accepted("cleo");
    tracker.received(ana, true);

    accepted("vera");

    assertEquals(List.of("idle ana"), ended);
  }

  @Test
  void a_closed_connection_makes_room() {
    Fake ana = accepted("ana");
    serving("ben");
    serving("cleo");
    ana.terminate();

    assertTrue(accepted("vera").open);

    assertEquals(List.of(), ended);
  }

  @Test
  void a_head_that_trickles_gets_408_when_its_time_is_over() {
    Fake ana = accepted("ana");
    tracker.received(ana, true);
    for (int second = 0; second < TIMEOUT.toSeconds(); second++) {
      pass(Duration.ofSeconds(1));
      tracker.received(ana, true);
    }
    tracker.endLate();
    assertTrue(ana.open);

    passJustMoreThan(Duration.ZERO);
    tracker.endLate();

    assertFalse(ana.open);
    assertEquals("408", ana.lastResponse);
    assertEquals(List.of("late ana"), ended);
  }

  @Test
  void neither_an_idle_connection_nor_a_request_under_way_has_a_read_timeout() {
    Fake ana = accepted("ana");
    tracker.received(ana, true);
    tracker.received(ana, false);
    Fake ben = accepted("ben");
    tracker.received(ben, true);
    assertTrue(tracker.requestStarted(ben));

    passJustMoreThan(TIMEOUT);
    tracker.endLate();

    assertTrue(ana.open && ben.open);
  }

  @Test
  void the_rest_of_a_body_that_no_handler_read_has_the_read_timeout_and_no_second_response() {
    Fake ana = serving("ana");
    tracker.responseCompleted(ana, true);

    passJustMoreThan(TIMEOUT);
    tracker.endLate();

    assertFalse(ana.open);
    assertEquals("", ana.lastResponse);
    assertEquals(List.of("late ana"), ended);
  }

  @Test
  void a_body_that_is_complete_in_time_was_awaited() {
    Fake ana = serving("ana");
    PendingBody body = body(ana);
    pass(TIMEOUT);
    tracker.endLate();

    assertTrue(tracker.bodyCompleted(ana, body));
    assertFalse(tracker.bodyCompleted(ana, body));

    passJustMoreThan(TIMEOUT);
    tracker.endLate();
    assertEquals(List.of(), givenUp);
    assertTrue(ana.open);
  }

  @Test
  void a_late_body_is_given_up_and_the_connection_kept_for_the_answer() {
    Fake ana = serving("ana");
    PendingBody body = body(ana);

    passJustMoreThan(TIMEOUT);
    tracker.endLate();

    assertEquals(List.of("late ana"), ended);
    assertEquals(List.of("ana"), givenUp);
    assertFalse(tracker.bodyCompleted(ana, body));
    assertTrue(ana.open);
  }

  @Test
  void after_the_answer_to_a_late_body_the_rest_is_dropped_for_a_while_and_recorded_no_more() {
    Fake ana = serving("ana");
    body(ana);
    passJustMoreThan(TIMEOUT);
    tracker.endLate();
    tracker.responseCompleted(ana, true);
    pass(TIMEOUT);
    tracker.received(ana, true);
    tracker.endLate();
    assertTrue(ana.open);

    passJustMoreThan(Duration.ZERO);
    tracker.endLate();

    assertFalse(ana.open);
    assertEquals(List.of("late ana"), ended);
  }

  @Test
  void a_body_of_a_closed_connection_is_given_up_once() {
    Fake ana = serving("ana");
    PendingBody body = body(ana);

    ana.terminate();
    passJustMoreThan(TIMEOUT);
    tracker.endLate();

    assertEquals(List.of("ana"), givenUp);
    assertFalse(tracker.bodyCompleted(ana, body));
    assertEquals(List.of(), ended);
  }

  @Test
  void a_closed_connection_awaits_no_body() {
    Fake ana = serving("ana");
    ana.terminate();

    assertEquals(Optional.empty(), tracker.bodyStarted(ana, BODY, () -> givenUp.add("ana")));
  }

  @Test
  void a_body_that_does_not_fit_evicts_the_longest_pending_one() {
    Fake ana = serving("ana");
    body(ana);
    Fake ben = serving("ben");
    PendingBody itsBody = body(ben);
    assertTrue(tracker.requestStarted(ana)); // a part of a body doesn't make it younger

    body(serving("cleo"));

    assertFalse(ana.open);
    assertEquals(List.of("body ana"), ended);
    assertEquals(List.of("ana"), givenUp);
    assertTrue(tracker.bodyCompleted(ben, itsBody));
  }

  @Test
  void a_complete_body_takes_nothing_of_the_budget() {
    Fake ana = serving("ana");
    body(ana);
    Fake ben = serving("ben");
    assertTrue(tracker.bodyCompleted(ben, body(ben)));

    body(ben);

    assertTrue(ana.open && ben.open);
  }

  @Test
  void a_body_in_more_than_256_parts_is_refused() {
    Fake ana = serving("ana");
    body(ana);

    assertTrue(IntStream.range(0, 256).allMatch(part -> tracker.requestStarted(ana)));
    assertFalse(tracker.requestStarted(ana));
  }

  @Test
  void clients_that_read_nothing_go_until_the_rest_fits_the_longest_stalled_first() {
    Fake ana = serving("ana");
    ana.unflushed = HELD_BYTES / 2;
    tracker.endStalled();
    pass(Duration.ofMillis(1));
    Fake ben = serving("ben");
    ben.unflushed = HELD_BYTES;
    tracker.endStalled();

    pass(STALLED);
    tracker.endStalled();

    assertFalse(ana.open);
    assertTrue(ben.open);
    assertEquals(List.of("response ana"), ended);
  }

  @Test
  void a_backlog_that_fits_is_waited_for() {
    Fake ana = serving("ana");
    ana.unflushed = HELD_BYTES;
    tracker.endStalled();
    pass(STALLED.multipliedBy(100));
    tracker.endStalled();

    assertTrue(ana.open);
  }

  @Test
  void a_client_that_reads_slowly_keeps_its_connection() {
    Fake ana = serving("ana");
    ana.unflushed = 2 * HELD_BYTES;
    for (int i = 0; i < 100; i++) {
      tracker.endStalled();
      pass(STALLED.minusNanos(1));
      ana.unflushed--;
    }

    assertTrue(ana.open);
  }

  @Test
  void a_complete_response_counts_until_it_is_flushed() {
    Fake ana = serving("ana");
    ana.unflushed = 2 * HELD_BYTES;
    tracker.responseCompleted(ana, false);
    tracker.endStalled();

    pass(STALLED);
    tracker.endStalled();

    assertEquals(List.of("response ana"), ended);
  }

  @Test
  void a_socket_has_limits_of_its_own() {
    Fake ana = serving("ana");
    ana.unflushed = 2 * HELD_BYTES;
    ana.socket = true;
    tracker.endStalled();
    pass(STALLED);
    tracker.endStalled();

    assertTrue(ana.open);
  }
}
