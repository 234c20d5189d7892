package dev.ringdraft.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.app.story.Person.Watch;
import dev.ringdraft.persistence.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ana is connected to one server and Ben to another, on one PostgreSQL. */
@Tag("long")
final class TwoServersIT {
  @TempDir private Path folder;

  @Test
  void they_see_each_other_and_what_the_other_writes() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        RunningServer one = server("one", postgres);
        RunningServer other = server("other", postgres)) {
      Person ana = new Person("ana", one.url());
      Person ben = new Person("ben", other.url());
      String draft =
          ana.post("/drafts", Person.body().put("title", "Two shores"))
              .expect(201)
              .data()
              .get("draft_id")
              .asText();
      ana.post("/drafts/" + draft + "/collaborators", Person.body().put("user_id", "ben"))
          .expect(201);
      Watch byAna = ana.attend(draft);
      Watch byBen = ben.attend(draft);

      byAna.until("presence_.*\"ben\".*");
      byBen.until("presence_.*\"ana\".*");
      byAna.say("{\"type\":\"presence\",\"state\":\"typing\"}");
      byBen.until("presence_.*\"ana\"[^}]*\"typing\".*");
      ana.append(draft, "Over there", null).expect(201);
      byBen.until("collab.segment_added.*Over there.*");

      assertEquals(0, other.stop());
      assertEquals(0, one.stop());
    }
  }

  private RunningServer server(String name, EmbeddedPostgres database) throws Exception {
    return RunningServer.start(
        Files.createDirectory(folder.resolve(name)),
        "--database.url=" + database.url(),
        "--database.user=" + database.user(),
        "--database.password=" + database.password(),
        "--database.pool.size=5");
  }
}
