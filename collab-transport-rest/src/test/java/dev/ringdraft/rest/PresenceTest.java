package dev.ringdraft.rest;

import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.presence.Activity;
import dev.ringdraft.room.Batch;
import dev.ringdraft.room.CloseCode;
import dev.ringdraft.room.Subscriber;
import dev.ringdraft.room.SubscriberConnection;
import dev.ringdraft.room.SubscriptionOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who has a draft open. */
class PresenceTest {
  private final SharedDraft cast = SharedDraft.on(RestServer.start());

  @AfterEach
  void stop() {
    cast.close();
  }

  @Test
  void nobody_is_here_until_somebody_is() {
    cast.ana.get("/drafts/" + cast.draft() + "/presence").mustBe(200).mustRead("{\"data\":[]}");
  }

  @Test
  void members_see_who_is_here_how_often_and_who_types() {
    String draft = cast.draft();
    open("ben", draft);
    open("vera", draft).setActivity(Activity.TYPING);
    open("ben", draft);
    cast.vera
        .get("/drafts/" + draft + "/presence")
        .mustBe(200)
        .mustRead(
            """
            {"data": [
              {"user_id": "ben", "connections": 2, "since": "2026-11-23T12:00:00.123Z",
               "state": "viewing"},
              {"user_id": "vera", "connections": 1, "since": "2026-11-23T12:00:00.123Z",
               "state": "typing"}]}
            """);
  }

  @Test
  void strangers_are_told_nothing() {
    cast.stranger.get("/drafts/" + cast.draft() + "/presence").mustBe(ProblemCode.NOT_FOUND);
    cast.ana.get("/drafts/no-such/presence").mustBe(ProblemCode.NOT_FOUND);
  }

  private Subscriber open(String user, String draft) {
    Subscriber viewer =
        cast.server
            .hub()
            .admit(new DraftId(draft), new UserId(user), 0)
            .orElseThrow()
            .subscribe(new Tab(), SubscriptionOptions.live());
    viewer.start();
    return viewer;
  }

  /** Takes what comes and shows it to nobody. */
  private static final class Tab implements SubscriberConnection {
    @Override
    public void write(Batch batch, Completion completion) {
      completion.written();
    }

    @Override
    public void close(CloseCode code) {}
  }
}
