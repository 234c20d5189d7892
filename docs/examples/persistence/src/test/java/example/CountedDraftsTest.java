package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.authoring.IdempotencyKey;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.authoring.Outcome.Refused;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.embedded.EmbeddedPostgres;
import dev.ringdraft.persistence.transaction.TransactionWorkException;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The segment and the service's row are committed together or not at all. */
class CountedDraftsTest {
  private static final UserId ANA = new UserId("ana");
  private static final IdempotencyKey KEY = new IdempotencyKey("append-1");

  private static EmbeddedPostgres postgres;
  private static PGSimpleDataSource source;
  private static Database database;

  private CountedDrafts drafts;
  private DraftId draft;

  @BeforeAll
  static void start(@TempDir Path folder) {
    postgres = EmbeddedPostgres.start(folder);
    source = new PGSimpleDataSource();
    source.setUrl(postgres.url());
    source.setUser(postgres.user());
    source.setPassword(postgres.password());
    database = Database.of(source).migrate();
  }

  @AfterAll
  static void stop() {
    database.close();
    postgres.close();
  }

  @BeforeEach
  void createDraft() throws SQLException {
    execute("drop table if exists word_count");
    execute("create table word_count (draft_id text, revision bigint, words int)");
    drafts = new CountedDrafts(database);
    draft = drafts.begin(ANA, "Night train");
  }

  @Test
  void the_segment_and_the_count_are_committed_together_and_once() throws SQLException {
    assertInstanceOf(Committed.class, drafts.append(draft, ANA, "It left at nine.", KEY));

    assertEquals(4, words());
    assertEquals(1, segments());
    assertEquals(2, database.catalog().summary(draft).orElseThrow().revision());
  }

  @Test
  void a_count_that_fails_takes_the_segment_back() throws SQLException {
    execute("alter table word_count add check (words < 4)");

    assertThrows(
        TransactionWorkException.class, () -> drafts.append(draft, ANA, "It left at nine.", KEY));

    assertEquals(0, words());
    assertEquals(0, segments());
  }

  @Test
  void a_segment_that_is_refused_is_not_counted() throws SQLException {
    UserId zed = new UserId("zed");

    assertInstanceOf(Refused.class, drafts.append(draft, zed, "It left at nine.", KEY));

    assertEquals(0, words());
  }

  @Test
  void the_service_needs_no_hikari_and_no_embedded_server_on_its_class_path() throws Exception {
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("embedded") && !entry.contains("test-classes"))
            .collect(Collectors.joining(File.pathSeparator));
    assertFalse(classPath.toLowerCase().contains("hikari"), classPath);

    Process service =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "example.CountedDrafts",
                postgres.url(),
                postgres.user(),
                postgres.password())
            .redirectErrorStream(true)
            .start();
    String output = new String(service.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertTrue(service.waitFor(60, TimeUnit.SECONDS));
    assertTrue(output.contains("Committed["), output);
    assertEquals(4, words());
  }

  private int segments() {
    return database.catalog().summary(draft).orElseThrow().segmentCount();
  }

  private static int words() throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select coalesce(sum(words), 0) from word_count")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
