package dev.ringdraft.rest.resource;

import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.RemoveCollaborator;
import dev.ringdraft.draft.DraftCommand.UpdateCollaborator;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.rest.config.RestPaths;
import dev.ringdraft.rest.config.RestServices;
import dev.ringdraft.rest.json.DraftBody.Change;
import dev.ringdraft.rest.request.Authenticated;
import dev.ringdraft.rest.request.JsonFields;
import dev.ringdraft.rest.request.RequestPrincipal;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.wire.DraftSnapshot;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
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

/** The collaborators of a draft: the creator adds and removes them, and each may leave. */
@Authenticated
@Singleton
@Path(RestPaths.BASE + "/drafts/{draft_id}/collaborators")
@Produces(MediaType.APPLICATION_JSON)
public final class MembersResource {
  private final DraftCommands commands;
  private final InstantSource clock;
  private final DraftResponses answers;

  @Inject
  MembersResource(RestServices services, DraftResponses answers) {
    this.commands = services.drafts().commands();
    this.clock = services.clock();
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response add(
      @Context SecurityContext security,
      @Context ContainerRequestContext request,
      @PathParam("draft_id") DraftId draft,
      @Nullable JsonFields given) {
    JsonFields body = JsonFields.only(given, "user_id", "role", MutationHeaders.KEY_FIELD);
    MutationHeaders mutation = MutationHeaders.of(request, body);
    Role role = body.optionalConstant("role", Role.class);
    AddCollaborator command =
        new AddCollaborator(
            RequestPrincipal.of(security),
            clock.instant(),
            body.user("user_id"),
            role == null ? Role.CONTRIBUTOR : role);
    return answers.to(
        commands.handle(draft, command, mutation.options()), mutation, MembersResource::added);
  }

  private static ResponseBuilder added(Committed committed) {
    CollaboratorAdded added = EventsOf.of(committed, CollaboratorAdded.class);
    return Response.status(Response.Status.CREATED)
        .entity(
            new Change(
                new DraftSnapshot.Collaborator(added.user(), added.role(), added.at(), false),
                committed.revision()));
  }

  @PATCH
  @Path("{user_id}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response update(
      @Context SecurityContext security,
      @Context ContainerRequestContext request,
      @PathParam("draft_id") DraftId draft,
      @PathParam("user_id") UserId user,
      @Nullable JsonFields given) {
    JsonFields body = JsonFields.only(given, "role", "away", MutationHeaders.KEY_FIELD);
    MutationHeaders mutation = MutationHeaders.of(request, body);
    UpdateCollaborator command =
        new UpdateCollaborator(
            RequestPrincipal.of(security),
            clock.instant(),
            user,
            new MemberChange(body.optionalConstant("role", Role.class), body.optionalFlag("away")));
    return answers.to(commands.handle(draft, command, mutation.options()), mutation, this::updated);
  }

  private ResponseBuilder updated(Committed committed) {
    UserId user = EventsOf.of(committed, CollaboratorUpdated.class).user();
    DraftSummary summary = answers.history().summaryAfter(committed);
    return Response.ok(
        new Change(DraftSnapshot.Collaborator.of(summary, user), committed.revision()));
  }

  /** A member who leaves may not see the draft any more, and so never gets it as an answer. */
  @DELETE
  @Path("{user_id}")
  public Response remove(
      @Context SecurityContext security,
      @Context ContainerRequestContext request,
      @PathParam("draft_id") DraftId draft,
      @PathParam("user_id") UserId user) {
    UserId actor = RequestPrincipal.of(security);
    MutationHeaders asked = MutationHeaders.of(request, JsonFields.none());
    MutationHeaders mutation =
        new MutationHeaders(asked.options(), asked.wantsDraft() && !actor.equals(user));
    return answers.to(
        commands.handle(
            draft, new RemoveCollaborator(actor, clock.instant(), user), mutation.options()),
        mutation,
        committed -> mutation.wantsDraft() ? Response.ok() : Response.noContent());
  }
}
