package dev.ringdraft.rest.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ringdraft.access.Problem;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.presence.Activity;
import dev.ringdraft.presence.PresenceState;
import dev.ringdraft.rest.config.RestPaths;
import dev.ringdraft.rest.config.RestServices;
import dev.ringdraft.rest.problem.ProblemException;
import dev.ringdraft.rest.request.Authenticated;
import dev.ringdraft.rest.request.RequestPrincipal;
import dev.ringdraft.room.RoomHub;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;

/** Who has a draft open; for its members. */
@Authenticated
@Singleton
@Path(RestPaths.BASE + "/drafts/{draft_id}/presence")
@Produces(MediaType.APPLICATION_JSON)
public final class PresenceResource {
  private final RoomHub rooms;

  @Inject
  PresenceResource(RestServices services) {
    this.rooms = services.drafts().rooms();
  }

  @GET
  public Presence read(@Context SecurityContext security, @PathParam("draft_id") DraftId draft) {
    UserId reader = RequestPrincipal.of(security);
    rooms
        .admit(draft, reader, 0)
        .orElseThrow(() -> new ProblemException(Problem.notFound()))
        .release();
    PresenceState present = rooms.present(draft);
    return new Presence(
        present.users().stream()
            .map(
                user ->
                    new PresentJson(user.user(), user.connections(), user.since(), user.activity()))
            .toList(),
        present.others());
  }

  /**
   * The presence of a draft.
   *
   * @param others how many more there are; left out at 0
   */
  record Presence(
      List<PresentJson> data, @JsonInclude(JsonInclude.Include.NON_DEFAULT) int others) {}

  /** A present user. */
  record PresentJson(UserId userId, int connections, Instant since, Activity state) {}
}
