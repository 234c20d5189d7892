package example;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.IdempotencyKey;
import dev.ringdraft.authoring.Outcome;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.transaction.TransactionWork;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import java.sql.PreparedStatement;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;

/** A service that counts the words of each segment in a table of its own. */
public final class CountedDrafts {
  private final IdSource ids = IdSource.random();
  private final Database database;
  private final DraftCommands commands;

  public CountedDrafts(Database database) {
    this.database = database;
    this.commands =
        new DraftCommands(database.eventStore(), events -> {}, DraftLimits.defaults(), ids);
  }

  public DraftId begin(UserId creator, String title) {
    CreateDraft create =
        new CreateDraft(creator, database.clock().instant(), NewDraft.titled(title));
    return ((Committed) commands.create(create, CommandOptions.none())).draft();
  }

  // begin transaction
  public Outcome append(DraftId draft, UserId author, String text, IdempotencyKey key) {
    TransactionWork countWords =
        (connection, events) -> {
          try (PreparedStatement insert =
              connection.prepareStatement("insert into word_count values (?, ?, ?)")) {
            insert.setString(1, draft.value());
            insert.setLong(2, events.getFirst().revision());
            insert.setInt(3, text.split(" ").length);
            insert.executeUpdate();
          }
        };
    NewSegment segment = new NewSegment(new SegmentId(ids.next()), text);
    return commands
        .through(database.eventStore(countWords))
        .handle(
            draft,
            new AppendSegment(author, database.clock().instant(), segment, null),
            CommandOptions.once(key));
  }

  // end transaction

  /** Appends to a new draft in the database with this URL, user and password. */
  public static void main(String[] args) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(args[0]);
    source.setUser(args[1]);
    source.setPassword(args[2]);
    try (Database database = Database.of(source).migrate()) {
      UserId ana = new UserId("ana");
      CountedDrafts drafts = new CountedDrafts(database);
      DraftId draft = drafts.begin(ana, "Night train");
      IdempotencyKey key = new IdempotencyKey(UUID.randomUUID().toString());
      System.out.println(drafts.append(draft, ana, "It left at nine.", key));
    }
  }
}
