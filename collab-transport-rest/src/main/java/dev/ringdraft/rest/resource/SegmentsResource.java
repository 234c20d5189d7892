package dev.ringdraft.rest.resource;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.ringdraft.access.Problem;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.rest.config.RestPaths;
import dev.ringdraft.rest.config.RestServices;
import dev.ringdraft.rest.json.DraftBody.Change;
import dev.ringdraft.rest.json.DraftBody.Segments;
import dev.ringdraft.rest.json.SegmentArray;
import dev.ringdraft.rest.json.SegmentJsonCache;
import dev.ringdraft.rest.json.SegmentSlice;
import dev.ringdraft.rest.problem.ProblemException;
import dev.ringdraft.rest.request.Authenticated;
import dev.ringdraft.rest.request.JsonFields;
import dev.ringdraft.rest.request.Query;
import dev.ringdraft.rest.request.RequestPrincipal;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.view.DraftCatalog;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.wire.SegmentJson;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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
import jakarta.ws.rs.core.UriInfo;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a draft: the holder of the ring appends the next one, and a long draft is read in
 * pages from its end.
 */
@Authenticated
@Singleton
@Path(RestPaths.BASE + "/drafts/{draft_id}/segments")
@Produces(MediaType.APPLICATION_JSON)
public final class SegmentsResource {
  private static final int PAGE = 200;
  private static final int LONGEST_PAGE = 1_000;

  private final DraftCatalog catalog;
  private final SegmentJsonCache texts;
  private final DraftCommands commands;
  private final IdSource ids;
  private final InstantSource clock;
  private final DraftResponses answers;

  @Inject
  SegmentsResource(RestServices services, DraftResponses answers, SegmentJsonCache texts) {
    this.catalog = services.drafts().catalog();
    this.texts = texts;
    this.commands = services.drafts().commands();
    this.ids = services.ids();
    this.clock = services.clock();
    this.answers = answers;
  }

  @GET
  public Response readBefore(
      @Context SecurityContext security,
      @Context UriInfo uri,
      @PathParam("draft_id") DraftId draft) {
    Query query = new Query(uri);
    long before = query.number("before", Long.MAX_VALUE, 0);
    int length = query.length("limit", PAGE, LONGEST_PAGE);
    Epoch epoch = answers.epoch();
    DraftSummary summary =
        catalog
            .summary(draft, RequestPrincipal.of(security))
            .orElseThrow(() -> new ProblemException(Problem.notFound()));
    SegmentArray segments = texts.upTo(draft, summary.revision());
    int to = (int) Math.min(before, segments.size());
    SegmentSlice page = segments.slice(Math.max(0, to - length), to);
    return Response.ok(new Segments(page, epoch)).build();
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response append(
      @Context SecurityContext security,
      @Context ContainerRequestContext request,
      @PathParam("draft_id") DraftId draft,
      @Nullable JsonFields given) {
    JsonFields body = JsonFields.only(given, "content", "ring_term", MutationHeaders.KEY_FIELD);
    MutationHeaders mutation = MutationHeaders.of(request, body);
    AppendSegment command =
        new AppendSegment(
            RequestPrincipal.of(security),
            clock.instant(),
            new NewSegment(new SegmentId(ids.next()), body.text("content")),
            body.optionalCount("ring_term"));
    return answers.to(
        commands.handle(draft, command, mutation.options()), mutation, SegmentsResource::appended);
  }

  private static ResponseBuilder appended(Committed committed) {
    SegmentAdded added = EventsOf.of(committed, SegmentAdded.class);
    return Response.status(Response.Status.CREATED)
        .entity(
            new Change(
                new RawValue(SegmentJson.of(committed.draft(), added.segment())),
                committed.revision()));
  }
}
