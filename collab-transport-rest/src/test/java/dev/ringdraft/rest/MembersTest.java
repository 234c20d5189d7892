package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.member.UserId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Adding, removing and leaving. */
class MembersTest {
  private final SharedDraft cast =
      SharedDraft.on(RestServer.start(RestServer.settings(new DraftLimits(200, 500, 3, 10))));

  @AfterEach
  void stop() {
    cast.close();
  }

  @Test
  void the_creator_adds_a_collaborator_who_contributes_unless_said_otherwise() {
    String draft = cast.ana.startsADraft();
    cast.ana
        .post("/drafts/" + draft + "/collaborators", "{\"user_id\":\"ben\"}")
        .mustBe(201)
        .mustRead(
            """
            {"data": {"user_id": "ben", "role": "contributor",
               "joined_at": "2026-11-23T12:00:00.123Z", "away": false},
             "revision": 2}
            """);
    cast.ana.adds("vera", "viewer", draft);
    assertEquals(
        "viewer", cast.vera.get("/drafts/" + draft).mustBe(200).at("/data/collaborators/1/role"));
  }

  @Test
  void a_collaborator_is_added_once_and_the_creator_never() {
    String path = "/drafts/" + cast.draft() + "/collaborators";
    for (String member : List.of("ben", "ana")) {
      Answer refused =
          cast.ana.post(path, "{\"user_id\":\"%s\",\"role\":\"viewer\"}".formatted(member));
      refused.mustBe(ProblemCode.ALREADY_MEMBER);
      assertEquals(member, refused.at("/user_id"));
    }
    cast.ben.post(path, "{\"user_id\":\"sam\"}").mustBe(ProblemCode.FORBIDDEN);
    cast.ana
        .post(path, "{\"user_id\":\"sam\",\"role\":\"owner\"}")
        .mustRefuse("role", "\"owner\" (expected: contributor, viewer)");
    Answer full = cast.ana.post(path, "{\"user_id\":\"sam\"}");
    full.mustBe(ProblemCode.DRAFT_FULL);
    assertEquals("collaborators", full.at("/what"));
    assertEquals("3", full.at("/limit"));
  }

  @Test
  void a_path_segment_is_taken_as_it_is() {
    String draft = "/drafts/" + cast.draft();
    for (String path :
        List.of(
            draft + "/collaborators/ben;x=1",
            draft + "/collaborators;x=1/ben",
            draft + ";x=1/collaborators/ben",
            draft + "/collaborators/ben/")) {
      cast.ana.delete(path).mustBe(ProblemCode.NOT_FOUND);
    }
    for (String path :
        List.of(
            draft + ";x=1", draft + "/", "/drafts;x=1", "/drafts/", draft + "/events;after=1")) {
      cast.ana.get(path).mustBe(ProblemCode.NOT_FOUND);
    }
    cast.ben.get(draft).mustBe(200);
  }

  @Test
  void an_id_with_a_semicolon_is_that_member_and_no_other() {
    String draft = cast.ana.startsADraft();
    cast.ana.adds("ben", "viewer", draft);
    cast.ana.adds("ben;x=1", "viewer", draft);

    cast.ana.delete("/drafts/" + draft + "/collaborators/ben;x=1").mustBe(204);

    cast.ben.get("/drafts/" + draft).mustBe(200);
    cast.ana.delete("/drafts/" + draft + "/collaborators/ben%3Bx=1").mustBe(ProblemCode.NOT_FOUND);
  }

  @Test
  void a_holder_who_is_removed_hands_the_ring_back() {
    String draft = cast.draft();
    cast.ana.passesTo("ben", draft).mustBe(200);
    Answer removed = cast.ana.delete("/drafts/" + draft + "/collaborators/ben").mustBe(204);
    assertEquals("", removed.body());
    Answer read = cast.ana.get("/drafts/" + draft);
    assertEquals("ana", read.at("/data/ring_state/current_holder_id"));
    assertEquals("7", read.at("/data/revision"));
    cast.ben.get("/drafts/" + draft).mustBe(ProblemCode.NOT_FOUND);
  }

  @Test
  void a_collaborator_leaves_and_can_leave_nobody_else_out() {
    String draft = cast.draft();
    String path = "/drafts/" + draft + "/collaborators/";
    cast.ben.delete(path + "cleo").mustBe(ProblemCode.FORBIDDEN);
    cast.ben.delete(path + "ben").mustBe(204);
    cast.ben.delete(path + "ben").mustBe(ProblemCode.NOT_FOUND);
    cast.ana.delete(path + "ben").mustBe(ProblemCode.NOT_FOUND);
  }

  @Test
  void the_creator_stays() {
    String path = "/drafts/" + cast.draft() + "/collaborators/ana";
    cast.ana.delete(path).mustBe(ProblemCode.CREATOR_STAYS);
    cast.ben.delete(path).mustBe(ProblemCode.FORBIDDEN);
  }

  @Test
  void user_ids_of_every_spelling_go_through_a_path() {
    String draft = cast.ana.startsADraft();
    cast.ana.adds("auth0|ä b/c+d;e", "viewer", draft);
    cast.ana.delete("/drafts/" + draft + "/collaborators/auth0%7C%C3%A4%20b%2Fc+d%3Be").mustBe(204);
    cast.ana
        .delete("/drafts/" + draft + "/collaborators/" + "x".repeat(129))
        .mustBe(ProblemCode.NOT_FOUND);
    cast.ana.delete("/drafts/" + draft + "/collaborators/a%0Ab").mustBe(ProblemCode.NOT_FOUND);
  }

  @Test
  void an_id_that_no_url_can_carry_is_refused_at_every_entrance() {
    String draft = cast.draft();
    for (String id : List.of(".", "..", "a/../b", "..\\\\a")) {
      cast.ana
          .post("/drafts/" + draft + "/collaborators", "{\"user_id\":\"%s\"}".formatted(id))
          .mustRefuse("user_id", UserId.NOT_IN_URL);
      cast.ana
          .post("/drafts/" + draft + "/pass-ring", "{\"to_user_id\":\"%s\"}".formatted(id))
          .mustRefuse("to_user_id", UserId.NOT_IN_URL);
    }
  }
}
