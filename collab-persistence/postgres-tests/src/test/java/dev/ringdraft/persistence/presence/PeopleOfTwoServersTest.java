package dev.ringdraft.persistence.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.TestPostgres;
import dev.ringdraft.presence.Activity;
import dev.ringdraft.presence.Present;
import dev.ringdraft.room.Batch;
import dev.ringdraft.room.CloseCode;
import dev.ringdraft.room.Delivery;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.room.RoomSettings;
import dev.ringdraft.room.Subscriber;
import dev.ringdraft.room.SubscriberConnection;
import dev.ringdraft.room.Subscription;
import dev.ringdraft.room.SubscriptionOptions;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Those who watch one draft at two servers, as they are told of each other. */
@Timeout(60)
class PeopleOfTwoServersTest {
  private static final UserId ANA = new UserId("ana");
  private static final UserId BEN = new UserId("ben");

  private static DatabaseSettings settings;
  private static Database database;

  private Server one;
  private Server other;
  private DraftId draft;

  @BeforeAll
  static void openDatabase() {
    settings = TestPostgres.freshDatabase();
    database = Database.open(settings);
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @BeforeEach
  void start() {
    one = new Server(database);
    other = new Server(database);
    draft = one.draft();
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
  }

  @Test
  void they_see_each_other_and_who_types() throws Exception {
    Tab ana = one.open(draft, ANA);
    Tab ben = other.open(draft, BEN);
    ana.awaitTold("ben");
    ben.awaitTold("ana");

    ben.viewer().setActivity(Activity.TYPING);

    ana.awaitTold("ben.*typing");
    assertEquals(one.people(draft), other.people(draft));
    assertEquals(List.of("ana 1 VIEWING", "ben 1 TYPING"), one.people(draft));
  }

  @Test
  void one_person_at_both_is_one_with_all_connections() throws Exception {
    Tab first = one.open(draft, ANA);
    Tab second = other.open(draft, ANA);

    first.awaitTold("\"ana\",\"connections\":2");
    second.awaitTold("\"ana\",\"connections\":2");
  }

  @Test
  void who_looks_at_a_server_where_nobody_is_sees_those_at_the_other() throws Exception {
    Tab ana = one.open(draft, ANA);
    other.open(draft, BEN);
    ana.awaitTold("ben");
    try (Server third = new Server(database)) {
      assertEquals(List.of("ana 1 VIEWING", "ben 1 VIEWING"), third.people(draft));
    }
  }

  @Test
  void who_moves_from_one_server_to_the_other_is_never_missed() throws Exception {
    Tab ana = one.open(draft, ANA);
    Tab ben = other.open(draft, BEN);
    ana.awaitTold("ben");
    Instant since = one.hub.present(draft).users().getLast().since();

    ben.viewer().end();
    other.close();
    Tab again = one.open(draft, BEN);
    endLeases();
    again.viewer().setActivity(Activity.TYPING);
    ana.awaitTold("\"ben\",\"connections\":1.*typing");

    assertTrue(
        ana.told.stream().noneMatch(it -> it.contains("\"left\":[\"ben\"]")), ana.told::toString);
    assertEquals(since, one.hub.present(draft).users().getLast().since());
  }

  @Test
  void those_at_a_server_that_dies_go_when_its_lease_ends() throws Exception {
    Tab ana = one.open(draft, ANA);
    other.open(draft, BEN);
    ana.awaitTold("ben");

    other.close();
    endLeases();

    ana.awaitTold("\"left\":\\[\"ben\"\\]");
    assertEquals(List.of("ana 1 VIEWING"), one.people(draft));
  }

  @Test
  void while_the_board_fails_those_of_one_server_see_each_other_and_all_do_when_it_is_back()
      throws Exception {
    TestPostgres.execute(settings, "alter table presence rename to absent");
    Tab ana;
    try {
      ana = one.open(draft, ANA);
      other.open(draft, BEN);
      one.open(draft, ANA);
      ana.awaitTold("\"ana\",\"connections\":2");
      assertEquals(List.of("ana 2 VIEWING"), one.people(draft));
    } finally {
      TestPostgres.execute(settings, "alter table absent rename to presence");
    }
    ana.awaitTold("ben");
  }

  private static void endLeases() throws SQLException {
    TestPostgres.execute(
        settings, "update presence_server set alive_until = now() - interval '1 second'");
  }

  /** What of a server concerns its people. */
  private static final class Server implements AutoCloseable {
    private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
    private final Database database;
    private final RoomHub hub;

    Server(Database database) {
      this.database = database;
      hub =
          RoomHub.builder(database.eventStore())
              .presence(database.presenceStore())
              .settings(RoomSettings.defaults().toBuilder().tick(Duration.ofMillis(50)).build())
              .executor(tasks)
              .start();
    }

    /** A new draft of Ana's, with Ben as a contributor. */
    DraftId draft() {
      DraftCommands commands =
          new DraftCommands(database.eventStore(), hub, DraftLimits.defaults(), IdSource.random());
      Instant now = Instant.now();
      CreateDraft create = new CreateDraft(ANA, now, NewDraft.titled("Tale"));
      DraftId draft = ((Committed) commands.create(create, CommandOptions.none())).draft();
      commands.handle(
          draft, new AddCollaborator(ANA, now, BEN, Role.CONTRIBUTOR), CommandOptions.none());
      return draft;
    }

    Tab open(DraftId draft, UserId user) {
      return new Tab(hub.admit(draft, user, 0).orElseThrow());
    }

    List<String> people(DraftId draft) {
      return hub.present(draft).users().stream().map(Server::words).toList();
    }

    private static String words(Present present) {
      return present.user() + " " + present.connections() + " " + present.activity();
    }

    @Override
    public void close() {
      hub.close();
      tasks.shutdownNow();
    }
  }

  /** Keeps what it is told. */
  private static final class Tab {
    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final List<String> told = new ArrayList<>();
    private final Subscriber viewer;

    Tab(Subscription admission) {
      viewer = admission.subscribe(new Line(), SubscriptionOptions.live());
      viewer.start();
    }

    Subscriber viewer() {
      return viewer;
    }

    void awaitTold(String pattern) throws InterruptedException {
      while (told.stream().noneMatch(it -> it.matches(".*" + pattern + ".*"))) {
        String next = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
          throw new AssertionError("not told of " + pattern + ", but " + told);
        }
        told.add(next);
      }
    }

    private final class Line implements SubscriberConnection {
      @Override
      public void write(Batch batch, Completion completion) {
        batch.deliveries().forEach(delivery -> frames.add(words(delivery)));
        completion.written();
      }

      private static String words(Delivery delivery) {
        return StandardCharsets.UTF_8.decode(delivery.payload()).toString();
      }

      @Override
      public void close(CloseCode code) {}
    }
  }
}
