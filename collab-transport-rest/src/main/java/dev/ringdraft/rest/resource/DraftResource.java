package dev.ringdraft.rest.resource;

import dev.ringdraft.access.Problem;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.draft.DraftChange;
import dev.ringdraft.draft.DraftCommand.UpdateDraft;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.member.UserId;
import dev.ringdraft.rest.config.RestPaths;
import dev.ringdraft.rest.config.RestServices;
import dev.ringdraft.rest.json.DraftBody;
import dev.ringdraft.rest.json.DraftBody.Data;
import dev.ringdraft.rest.json.SegmentArray;
import dev.ringdraft.rest.json.SegmentJsonCache;
import dev.ringdraft.rest.problem.ProblemException;
import dev.ringdraft.rest.request.Authenticated;
import dev.ringdraft.rest.request.EntityTags;
import dev.ringdraft.rest.request.JsonFields;
import dev.ringdraft.rest.request.Query;
import dev.ringdraft.rest.request.RequestPrincipal;
import dev.ringdraft.rest.request.TurnPolicyFields;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.room.Subscription;
import dev.ringdraft.view.DraftCatalog;
import dev.ringdraft.view.DraftSummary;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** One draft: reading it as it is or as it was, and changing what is said about it. */
@Authenticated
@Singleton
@Path(RestPaths.BASE + "/drafts/{draft_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class DraftResource {
  private static final String REVISION = "revision";

  private final DraftCommands commands;
  private final DraftCatalog catalog;
  private final RoomHub rooms;
  private final SegmentJsonCache texts;
  private final InstantSource clock;
  private final Duration readDeadline;
  private final DraftResponses answers;

  @Inject
  DraftResource(RestServices services, DraftResponses answers, SegmentJsonCache texts) {
    this.commands = services.drafts().commands();
    this.catalog = services.drafts().catalog();
    this.rooms = services.drafts().rooms();
    this.texts = texts;
    this.clock = services.clock();
    this.readDeadline = services.settings().commandDeadline();
    this.answers = answers;
  }

  @GET
  public Response read(
      @Context SecurityContext security,
      @Context HttpHeaders headers,
      @Context UriInfo uri,
      @PathParam("draft_id") DraftId draft) {
    UserId reader = RequestPrincipal.of(security);
    Query query = new Query(uri);
    long wanted = query.number("last_segments", Long.MAX_VALUE, 0);
    String revision = query.text(REVISION);
    EntityTags known = EntityTags.of(headers.getRequestHeader(HttpHeaders.IF_NONE_MATCH));
    Epoch epoch = answers.epoch();
    if (revision != null) {
      DraftSummary now = summaryFor(reader, draft);
      long past = Query.number(REVISION, revision, 1, now.revision());
      DraftVersion version = new DraftVersion(epoch, past);
      return known != null && known.matchWeakly(version)
          ? DraftResponses.cacheable(Response.notModified().tag(EntityTags.of(version)))
          : shown(asOf(now, past), texts.upTo(draft, now.revision()), wanted, epoch);
    }
    if (known != null) {
      DraftVersion current = versionFor(reader, draft, known.latestOf(epoch));
      if (known.matchWeakly(current)) {
        return DraftResponses.cacheable(Response.notModified().tag(EntityTags.of(current)));
      }
    }
    DraftSummary summary = summaryFor(reader, draft);
    return shown(summary, texts.upTo(draft, summary.revision()), wanted, epoch);
  }

  private DraftSummary summaryFor(UserId reader, DraftId draft) {
    return catalog
        .summary(draft, reader)
        .orElseThrow(() -> new ProblemException(Problem.notFound()));
  }

  /** The draft at a revision that it has reached, as far back as one request may fold. */
  private DraftSummary asOf(DraftSummary now, long revision) {
    if (revision == now.revision()) {
      return now;
    }
    if (revision > DraftHistory.MAX_EVENTS) {
      throw new ProblemException(
          Problem.invalid(
              REVISION,
              "%d (expected: 1..%d or %d)"
                  .formatted(revision, DraftHistory.MAX_EVENTS, now.revision())));
    }
    return answers.history().summaryAt(now.id(), revision, Deadline.after(readDeadline));
  }

  /**
   * The answer that shows a draft.
   *
   * @param text its segments at this revision or a later one; the first ones are those of this
   * @param wanted how many segments to show, the last ones
   */
  private static Response shown(DraftSummary summary, SegmentArray text, long wanted, Epoch epoch) {
    int end = Math.min(summary.segmentCount(), text.size());
    int from = (int) Math.max(0, end - wanted);
    DraftBody body = DraftBody.of(summary, epoch, text.slice(from, end));
    DraftVersion version = new DraftVersion(epoch, summary.revision());
    return DraftResponses.cacheable(Response.ok(new Data(body)).tag(EntityTags.of(version)));
  }

  /**
   * Asking whether a draft has changed is a poll: a member hears of another server's commit as soon
   * as a viewer does, and of what they know already at once.
   */
  private DraftVersion versionFor(UserId reader, DraftId draft, long seen) {
    Subscription admission =
        rooms
            .admit(draft, reader, seen)
            .orElseThrow(() -> new ProblemException(Problem.notFound()));
    admission.release();
    return admission.version();
  }

  @PATCH
  @Consumes(MediaType.APPLICATION_JSON)
  public Response update(
      @Context SecurityContext security,
      @Context ContainerRequestContext request,
      @PathParam("draft_id") DraftId draft,
      @Nullable JsonFields given) {
    JsonFields body =
        JsonFields.only(given, "title", "status", TurnPolicyFields.NAME, MutationHeaders.KEY_FIELD);
    MutationHeaders mutation = MutationHeaders.of(request, body);
    UpdateDraft command =
        new UpdateDraft(
            RequestPrincipal.of(security),
            clock.instant(),
            new DraftChange(
                body.optionalText("title"),
                body.optionalConstant("status", DraftStatus.class),
                TurnPolicyFields.of(body)));
    return answers.to(
        commands.handle(draft, command, mutation.options()),
        mutation,
        committed -> {
          DraftSummary summary = answers.history().summaryAfter(committed);
          return Response.ok(new Data(DraftBody.of(summary, committed.epoch())))
              .tag(EntityTags.of(committed.version()));
        });
  }
}
