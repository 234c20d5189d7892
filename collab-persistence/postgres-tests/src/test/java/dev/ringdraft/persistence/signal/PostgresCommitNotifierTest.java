package dev.ringdraft.persistence.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.notification.CommitNotifier;
import dev.ringdraft.notification.NotificationMetrics;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.TestPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("long")
class PostgresCommitNotifierTest {
  private static final DraftId FIRST = new DraftId("first");
  private static final DraftId PROBE = new DraftId("probe");

  private static DatabaseSettings settings;

  private final Ear earOfOne = new Ear();
  private final Ear earOfOther = new Ear();
  private CommitNotifier one;
  private CommitNotifier other;

  @BeforeAll
  static void createDatabase() {
    settings = TestPostgres.emptyDatabase();
  }

  @BeforeEach
  void open() throws InterruptedException {
    one = open(settings);
    other = open(settings);
    one.listen(earOfOne);
    other.listen(earOfOther);
    announceUntilHeard(one, earOfOther);
    announceUntilHeard(other, earOfOne);
  }

  private static CommitNotifier open(DatabaseSettings settings) {
    return PostgresCommitNotifier.open(
        () -> TestPostgres.connect(settings), NotificationMetrics.disabled());
  }

  @AfterEach
  void close() {
    one.close();
    one.close();
    other.close();
  }

  @Test
  void the_other_server_hears_of_a_commit_and_the_sender_does_not() throws InterruptedException {
    one.notifyCommit(FIRST, 7);
    other.notifyCommit(FIRST, 8);

    assertEquals("first:7", earOfOther.next());
    assertEquals("first:8", earOfOne.next());
    assertNull(earOfOther.hints.poll());
  }

  @Test
  void many_commits_of_a_draft_are_a_few_hints_and_the_last_is_among_them()
      throws InterruptedException {
    for (long revision = 1; revision <= 10_000; revision++) {
      one.notifyCommit(FIRST, revision);
    }

    int hints = 1;
    while (!"first:10000".equals(earOfOther.next())) {
      hints++;
    }
    assertTrue(hints < 1_000, hints + " hints");
  }

  @Test
  void hints_come_again_after_the_server_cut_all_connections() throws Exception {
    try (Connection connection = TestPostgres.connect(settings);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where datname = current_database() and pid <> pg_backend_pid()");
    }

    announceUntilHeard(one, earOfOther);
    announceUntilHeard(other, earOfOne);
  }

  @Test
  void announcing_never_fails_once_it_is_closed() {
    one.close();
    one.notifyCommit(FIRST, 9);
    assertNull(earOfOther.hints.poll());
  }

  /** Until both ends are connected, hints are lost. */
  private static void announceUntilHeard(CommitNotifier from, Ear ear) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    ear.probes.clear();
    do {
      assertTrue(System.nanoTime() < deadline, "no hint came through");
      from.notifyCommit(PROBE, 1);
    } while (ear.probes.poll(50, TimeUnit.MILLISECONDS) == null);
  }

  /** Keeps what it hears; probes apart, as some of them come late. */
  private static final class Ear implements CommitNotifier.Listener {
    final BlockingQueue<String> hints = new LinkedBlockingQueue<>();
    final BlockingQueue<DraftId> probes = new LinkedBlockingQueue<>();

    @Override
    public void onCommit(DraftId draft, long revision) {
      if (draft.equals(PROBE)) {
        probes.add(draft);
      } else {
        hints.add(draft + ":" + revision);
      }
    }

    String next() throws InterruptedException {
      @Nullable String hint = hints.poll(20, TimeUnit.SECONDS);
      assertNotNull(hint);
      return hint;
    }
  }
}
