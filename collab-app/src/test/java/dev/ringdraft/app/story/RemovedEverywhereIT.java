package dev.ringdraft.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ringdraft.app.story.Person.Watch;
import dev.ringdraft.persistence.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one PostgreSQL: whoever is removed at one of them is gone from both. */
@Tag("long")
final class RemovedEverywhereIT {
  @TempDir private Path folder;

  @Test
  void a_member_who_is_removed_loses_every_connection_to_every_server_at_once() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        RunningServer here = RunningServer.start(folder, postgres);
        RunningServer there = RunningServer.start(folder, postgres)) {
      Person ana = new Person("ana", here.url());
      Person ben = new Person("ben", here.url());
      Person cleo = new Person("cleo", here.url());
      String draft = draftOf(ana, ben, cleo);
      List<CompletableFuture<Integer>> closed = new ArrayList<>();
      List<CompletableFuture<Integer>> polled = new ArrayList<>();
      List<CompletableFuture<Void>> streamed = new ArrayList<>();
      for (RunningServer server : List.of(here, there)) {
        polled.add(ben.at(server.url()).poll(draft, 3));
        streamed.add(ben.at(server.url()).stream(draft));
        Watch watch = ben.at(server.url()).watch(draft, null);
        watch.next("connected");
        closed.add(watch.closeCode());
      }
      Watch ofCleo = cleo.at(there.url()).watch(draft, null);
      ofCleo.next("connected");
      assertFalse(polled.stream().anyMatch(CompletableFuture::isDone));

      ana.remove(draft, ben).expect(204);

      for (int server = 0; server < 2; server++) {
        assertEquals(4501, closed.get(server).get(10, TimeUnit.SECONDS));
        assertEquals(404, polled.get(server).get(10, TimeUnit.SECONDS));
        streamed.get(server).get(10, TimeUnit.SECONDS);
      }
      assertEquals(4, ofCleo.next("collab.collaborator_removed").revision());
      assertEquals(404, ben.at(there.url()).read("/drafts/" + draft).status());
      ana.append(draft, "And then there were two.", null).expect(201);
      assertEquals(5, ofCleo.next("collab.segment_added").revision());
    }
  }

  /** A draft at revision 3: created, two collaborators. */
  private static String draftOf(Person creator, Person... collaborators) throws Exception {
    String draft =
        creator
            .post("/drafts", Person.body().put("title", "A tale"))
            .expect(201)
            .data()
            .get("draft_id")
            .asText();
    for (Person each : collaborators) {
      creator
          .post("/drafts/" + draft + "/collaborators", Person.body().put("user_id", each.name()))
          .expect(201);
    }
    return draft;
  }
}
