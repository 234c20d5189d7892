package dev.ringdraft.rest.resource;

import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.DraftCommand.RemoveRingRequest;
import dev.ringdraft.draft.DraftCommand.RequestRing;
import dev.ringdraft.draft.DraftEvent.RingRequested;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.rest.config.RestPaths;
import dev.ringdraft.rest.config.RestServices;
import dev.ringdraft.rest.json.DraftBody.Change;
import dev.ringdraft.rest.json.DraftBody.PlacedRequest;
import dev.ringdraft.rest.request.Authenticated;
import dev.ringdraft.rest.request.JsonFields;
import dev.ringdraft.rest.request.RequestPrincipal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.SecurityContext;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The queue for a draft's ring: members ask, withdraw, and are declined. */
@Authenticated
@Singleton
@Path(RestPaths.BASE + "/drafts/{draft_id}/ring-requests")
@Produces(MediaType.APPLICATION_JSON)
public final class RingRequestsResource {
  private final DraftCommands commands;
  private final InstantSource clock;
  private final DraftResponses answers;

  @Inject
  RingRequestsResource(RestServices services, DraftResponses answers) {
    this.commands = services.drafts().commands();
    this.clock = services.clock();
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response ask(
      @Context SecurityContext security,
      @Context ContainerRequestContext request,
      @PathParam("draft_id") DraftId draft,
      @Nullable JsonFields given) {
    JsonFields body = JsonFields.optional(given, MutationHeaders.KEY_FIELD);
    MutationHeaders mutation = MutationHeaders.of(request, body);
    RequestRing command = new RequestRing(RequestPrincipal.of(security), clock.instant());
    return answers.to(commands.handle(draft, command, mutation.options()), mutation, this::asked);
  }

  private ResponseBuilder asked(Committed committed) {
    RingRequested requested = EventsOf.of(committed, RingRequested.class);
    int place = answers.history().summaryAfter(committed).turns().placeOf(requested.actor());
    return Response.status(Response.Status.CREATED)
        .entity(
            new Change(
                new PlacedRequest(requested.actor(), requested.at(), place + 1),
                committed.revision()));
  }

  @DELETE
  @Path("{user_id}")
  public Response remove(
      @Context SecurityContext security,
      @Context ContainerRequestContext request,
      @PathParam("draft_id") DraftId draft,
      @PathParam("user_id") UserId user) {
    MutationHeaders mutation = MutationHeaders.of(request, JsonFields.none());
    return answers.to(
        commands.handle(
            draft,
            new RemoveRingRequest(RequestPrincipal.of(security), clock.instant(), user),
            mutation.options()),
        mutation,
        committed -> mutation.wantsDraft() ? Response.ok() : Response.noContent());
  }
}
