package example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.embedded.EmbeddedPostgres;
import dev.ringdraft.room.Batch;
import dev.ringdraft.room.CloseCode;
import dev.ringdraft.room.Delivery;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.room.Subscriber;
import dev.ringdraft.room.SubscriberConnection;
import dev.ringdraft.room.SubscriptionOptions;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class RealtimeTest {
  /** A transport in a line: puts each JSON message into a queue. */
  private record QueueConnection(BlockingQueue<String> messages) implements SubscriberConnection {
    @Override
    public void write(Batch batch, Completion completion) {
      for (Delivery delivery : batch.deliveries()) {
        messages.add(delivery.text());
      }
      completion.written();
    }

    @Override
    public void close(CloseCode code) {
      messages.add("closed: " + code);
    }
  }

  @Test
  void a_subscriber_gets_an_appended_segment(@TempDir Path folder) throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(postgres.url());
      source.setUser(postgres.user());
      source.setPassword(postgres.password());
      try (Database database = Database.of(source).migrate();
          RoomHub rooms = RoomHub.builder(database.eventStore()).start()) {
        UserId ana = new UserId("ana");
        IdSource ids = IdSource.random();
        DraftCommands commands =
            new DraftCommands(database.eventStore(), rooms, DraftLimits.defaults(), ids);
        CreateDraft create = new CreateDraft(ana, Instant.now(), NewDraft.titled("Night train"));
        DraftId draft = ((Committed) commands.create(create, CommandOptions.none())).draft();

        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        Subscriber subscriber =
            rooms
                .admit(draft, ana, 0)
                .orElseThrow()
                .subscribe(new QueueConnection(messages), SubscriptionOptions.live().unlisted());
        subscriber.start();
        NewSegment segment = new NewSegment(new SegmentId(ids.next()), "It left at nine.");
        commands.handle(
            draft, new AppendSegment(ana, Instant.now(), segment, null), CommandOptions.none());

        String message = String.valueOf(messages.poll(10, TimeUnit.SECONDS));
        assertTrue(message.contains("It left at nine."), message);
        subscriber.end();
      }
    }
  }
}
