package dev.ringdraft.rest.resource;

import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.DraftCommand.PassRing;
import dev.ringdraft.draft.DraftCommand.RevokeRing;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.rest.config.RestPaths;
import dev.ringdraft.rest.config.RestServices;
import dev.ringdraft.rest.json.DraftBody.Change;
import dev.ringdraft.rest.request.Authenticated;
import dev.ringdraft.rest.request.JsonFields;
import dev.ringdraft.rest.request.RequestPrincipal;
import dev.ringdraft.wire.DraftSnapshot;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
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

/** The ring of a draft: its holder passes it on, and the creator takes it back. */
@Authenticated
@Singleton
@Path(RestPaths.BASE + "/drafts/{draft_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class RingResource {
  private static final String NEXT = "next";

  private final DraftCommands commands;
  private final InstantSource clock;
  private final DraftResponses answers;

  @Inject
  RingResource(RestServices services, DraftResponses answers) {
    this.commands = services.drafts().commands();
    this.clock = services.clock();
    this.answers = answers;
  }

  @POST
  @Path("pass-ring")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response pass(
      @Context SecurityContext security,
      @Context ContainerRequestContext request,
      @PathParam("draft_id") DraftId draft,
      @Nullable JsonFields given) {
    JsonFields body =
        JsonFields.only(given, "to_user_id", "to", "ring_term", MutationHeaders.KEY_FIELD);
    MutationHeaders mutation = MutationHeaders.of(request, body);
    PassRing command =
        new PassRing(
            RequestPrincipal.of(security),
            clock.instant(),
            recipient(body),
            body.optionalCount("ring_term"));
    return answers.to(commands.handle(draft, command, mutation.options()), mutation, this::moved);
  }

  /** Null for the next holder. */
  private static @Nullable UserId recipient(JsonFields body) {
    String to = body.optionalText("to");
    if (to == null) {
      return body.user("to_user_id");
    }
    if (!to.equals(NEXT)) {
      throw body.invalidText("to", to, "\"" + NEXT + "\"");
    }
    if (body.optionalText("to_user_id") != null) {
      throw body.invalid("to", "given beside to_user_id (expected: one of the two)");
    }
    return null;
  }

  @POST
  @Path("revoke-ring")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response revoke(
      @Context SecurityContext security,
      @Context ContainerRequestContext request,
      @PathParam("draft_id") DraftId draft,
      @Nullable JsonFields given) {
    JsonFields body =
        JsonFields.optional(given, "to_user_id", "ring_term", MutationHeaders.KEY_FIELD);
    MutationHeaders mutation = MutationHeaders.of(request, body);
    RevokeRing command =
        new RevokeRing(
            RequestPrincipal.of(security),
            clock.instant(),
            body.optionalUser("to_user_id"),
            body.optionalCount("ring_term"));
    return answers.to(commands.handle(draft, command, mutation.options()), mutation, this::moved);
  }

  /** The ring as that command left it, though it may have moved since. */
  private ResponseBuilder moved(Committed committed) {
    return Response.ok(
        new Change(
            DraftSnapshot.Ring.of(answers.history().summaryAfter(committed)),
            committed.revision()));
  }
}
