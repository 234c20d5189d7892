package dev.ringdraft.bench.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringdraft.bench.history.Attempt.Append;
import dev.ringdraft.bench.history.Attempt.Committed;
import dev.ringdraft.bench.history.Attempt.Pass;
import dev.ringdraft.bench.history.Attempt.Refused;
import dev.ringdraft.bench.history.Attempt.Request;
import dev.ringdraft.bench.history.Attempt.Result;
import dev.ringdraft.bench.history.Attempt.Unknown;
import dev.ringdraft.bench.history.DraftHistory.Delivery;
import dev.ringdraft.bench.history.DraftHistory.Run;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each promise, broken once in a history that keeps all the others. */
final class HistoryCheckerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Attempt> attempts = new ArrayList<>();
  private final List<LoggedEvent> log = new ArrayList<>();
  private final List<JsonNode> snapshots = new ArrayList<>();
  private final List<Delivery> deliveries = new ArrayList<>();
  private long now;

  HistoryCheckerTest() {
    event("collab.draft_created");
    segment("ana", "one");
    pass("ana", "ben");
    segment("ben", "two");
    attempt("k1", "ana", new Append("one"), new Committed(2));
    attempt("k2", "ana", new Pass("ben"), new Committed(3));
    attempt("k3", "ben", new Append("two"), new Committed(4));
  }

  private void attempt(String key, String user, Request request, Result result) {
    attempts.add(new Attempt(key, user, request, ++now, ++now, result));
  }

  private ObjectNode event(String type) {
    ObjectNode event = JSON.createObjectNode().put("type", type).put("revision", log.size() + 1);
    log.add(new LoggedEvent(event));
    return event.putObject("data");
  }

  private void segment(String author, String content) {
    event(LoggedEvent.SEGMENT_ADDED).put("author_user_id", author).put("content", content);
  }

  private void pass(String from, String to) {
    event(LoggedEvent.RING_PASSED).put("from_user_id", from).put("to_user_id", to);
  }

  private void received(long after, List<LoggedEvent> events) {
    deliveries.add(new Delivery("eve", List.of(new Run(after, events))));
  }

  private void expect(String... violations) {
    assertEquals(
        List.of(violations),
        HistoryChecker.violations(new DraftHistory("ana", attempts, log, snapshots, deliveries)));
  }

  @Test
  void kept_promises_are_no_violation() {
    received(0, log);
    received(2, log.subList(2, 4));
    deliveries.add(
        new Delivery("ivy", List.of(new Run(1, log.subList(1, 2)), new Run(4, List.of()))));
    attempt("k3", "ben", new Append("two"), new Committed(4));
    attempt("k4", "ana", new Append("refused"), new Refused(403));
    attempt("k5", "ben", new Append("nobody knows"), new Unknown("timeout"));
    expect();
  }

  @Test
  void unknown_commands_may_be_in_the_log_once() {
    segment("ben", "three");
    attempt("k4", "ben", new Append("three"), new Unknown("timeout"));
    expect();
    segment("ben", "three");
    expect("revision 6 is the effect of no open command: " + log.get(5).json());
  }

  @Test
  void an_acknowledged_command_that_is_missing_is_lost() {
    attempt("k4", "ben", new Append("three"), new Committed(5));
    expect("key k4 was acknowledged at revision 5, which has null");
  }

  @Test
  void an_acknowledged_command_that_is_in_the_log_again_is_doubled() {
    segment("ben", "two");
    expect("revision 5 is the effect of no open command: " + log.get(4).json());
  }

  @Test
  void a_key_has_one_revision_and_a_revision_one_key() {
    segment("ben", "two");
    attempt("k3", "ben", new Append("two"), new Committed(5));
    attempt("k4", "ben", new Append("two"), new Committed(5));
    expect(
        "key k3 was acknowledged at the revisions [4, 5]", "the keys k3 and k4 share revision 5");
  }

  @Test
  void a_refused_command_is_absent() {
    segment("ben", "three");
    attempt("k4", "ben", new Append("three"), new Refused(403));
    expect("revision 5 is the effect of no open command: " + log.get(4).json());
  }

  @Test
  void an_answer_names_the_revision_of_its_own_command() {
    segment("ben", "three");
    segment("ben", "four");
    attempt("k4", "ben", new Append("four"), new Committed(5));
    attempt("k5", "ben", new Append("three"), new Committed(6));
    expect(
        "key k4 was acknowledged at revision 5, which has " + log.get(4),
        "key k5 was acknowledged at revision 6, which has " + log.get(5));
  }

  @Test
  void the_order_respects_real_time() {
    segment("ben", "three");
    segment("ben", "four");
    attempt("k4", "ben", new Append("four"), new Committed(6));
    attempt("k5", "ben", new Append("three"), new Committed(5));
    expect("revision 6 was acknowledged before revision 5 was asked for");
  }

  @Test
  void only_the_holder_writes_and_passes() {
    segment("ana", "three");
    pass("ana", "ben");
    attempt("k4", "ana", new Append("three"), new Committed(5));
    attempt("k5", "ana", new Pass("ben"), new Committed(6));
    expect(
        "revision 5 is by ana, but ben holds the ring",
        "revision 6 is by ana, but ben holds the ring");
  }

  @Test
  void the_log_has_no_gap() {
    log.remove(0);
    expect("the log has revision 2 where 1 belongs");
  }

  @Test
  void a_subscriber_receives_each_event_once_in_order_and_up_to_the_end() {
    received(1, List.of(log.get(1), log.get(3)));
    received(1, List.of(log.get(1), log.get(1)));
    received(1, List.of(log.get(1), log.get(2)));
    expect(
        "eve received revision 4 where 3 belongs",
        "eve received revision 2 where 3 belongs",
        "eve has the revisions up to 3 of 4");
  }

  @Test
  void a_subscriber_receives_the_events_of_the_log() {
    ObjectNode other = log.get(3).json().deepCopy();
    ((ObjectNode) other.get("data")).put("content", "another");
    received(3, List.of(new LoggedEvent(other)));
    expect("eve received another event as revision 4");
  }

  @Test
  void a_snapshot_is_the_fold_of_the_log() throws Exception {
    String right =
        """
        {"revision": 4, "ring_state": {"current_holder_id": "ben"},
         "segments": [{"content": "one"}, {"content": "two"}]}
        """;
    snapshots.add(JSON.readTree(right));
    expect();
    snapshots.set(0, JSON.readTree(right.replace("ben", "ana")));
    expect(
        "a server shows revision 4 with 2 segments and the holder ana; the log has 4, 2 and ben");
    snapshots.set(0, JSON.readTree(right.replace("two", "2")));
    expect(
        "a server shows revision 4 with 2 segments and the holder ben; the log has 4, 2 and ben");
  }
}
