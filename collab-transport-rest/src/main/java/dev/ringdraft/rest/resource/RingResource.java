package dev.ringdraft.rest.resource;

import dev.ringdraft.access.Problem;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.DraftCommand.PassRing;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.rest.config.RestPaths;
import dev.ringdraft.rest.config.RestServices;
import dev.ringdraft.rest.json.DraftJson.Change;
import dev.ringdraft.rest.json.DraftJson.RingStateJson;
import dev.ringdraft.rest.problem.ProblemException;
import dev.ringdraft.rest.request.Authenticated;
import dev.ringdraft.rest.request.JsonFields;
import dev.ringdraft.rest.request.RequestPrincipal;
import dev.ringdraft.ring.Ring;
import dev.ringdraft.view.DraftCatalog;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.view.RingState;
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

/** The ring of a draft: its holder passes it on. */
@Authenticated
@Singleton
@Path(RestPaths.BASE + "/drafts/{draft_id}/pass-ring")
@Produces(MediaType.APPLICATION_JSON)
public final class RingResource {
  private final DraftCommands commands;
  private final DraftCatalog catalog;
  private final InstantSource clock;
  private final DraftResponses answers;

  @Inject
  RingResource(RestServices services, DraftResponses answers) {
    this.commands = services.drafts().commands();
    this.catalog = services.drafts().catalog();
    this.clock = services.clock();
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response pass(
      @Context SecurityContext security,
      @Context ContainerRequestContext request,
      @PathParam("draft_id") DraftId draft,
      @Nullable JsonFields given) {
    JsonFields body = JsonFields.only(given, "to_user_id", "ring_term", MutationHeaders.KEY_FIELD);
    MutationHeaders mutation = MutationHeaders.of(request, body);
    PassRing command =
        new PassRing(
            RequestPrincipal.of(security),
            clock.instant(),
            body.user("to_user_id"),
            body.optionalCount("ring_term"));
    return answers.to(commands.handle(draft, command, mutation.options()), mutation, this::passed);
  }

  /** The ring as that pass left it, though it may have been passed on since. */
  private ResponseBuilder passed(Committed committed) {
    RingPassed pass = EventsOf.of(committed, RingPassed.class);
    RingState now =
        catalog
            .summary(committed.draft())
            .map(DraftSummary::ring)
            .orElseThrow(() -> new ProblemException(Problem.notFound()));
    RingState then = now.asOf(new Ring(pass.to(), pass.term()), pass.at());
    return Response.ok(new Change(RingStateJson.of(then), committed.revision()));
  }
}
