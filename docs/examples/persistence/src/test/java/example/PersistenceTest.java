package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class PersistenceTest {
  @Test
  void a_draft_is_read_from_the_service_s_own_data_source(@TempDir Path folder) {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(postgres.url());
      source.setUser(postgres.user());
      source.setPassword(postgres.password());
      try (Database database = Database.of(source).schema("drafts").migrate()) {
        UserId ana = new UserId("ana");
        DraftCommands commands =
            new DraftCommands(
                database.eventStore(), events -> {}, DraftLimits.defaults(), IdSource.random());
        CreateDraft create = new CreateDraft(ana, Instant.now(), NewDraft.titled("Night train"));
        Committed created = (Committed) commands.create(create, CommandOptions.none());

        assertEquals(created.events(), database.eventStore().readAfter(created.draft(), 0, 10));
        assertEquals(
            "Night train", database.catalog().summary(created.draft(), ana).orElseThrow().title());
      }
    }
  }
}
