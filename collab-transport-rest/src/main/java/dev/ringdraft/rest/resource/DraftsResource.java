package dev.ringdraft.rest.resource;

import dev.ringdraft.access.Problem;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.member.UserId;
import dev.ringdraft.rest.config.RestPaths;
import dev.ringdraft.rest.config.RestServices;
import dev.ringdraft.rest.config.RestSettings;
import dev.ringdraft.rest.json.DraftBody;
import dev.ringdraft.rest.json.DraftBody.Drafts;
import dev.ringdraft.rest.problem.ProblemException;
import dev.ringdraft.rest.request.Authenticated;
import dev.ringdraft.rest.request.CursorText;
import dev.ringdraft.rest.request.EntityTags;
import dev.ringdraft.rest.request.JsonFields;
import dev.ringdraft.rest.request.Query;
import dev.ringdraft.rest.request.RequestPrincipal;
import dev.ringdraft.rest.request.TurnPolicyFields;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.view.DraftCatalog;
import dev.ringdraft.view.DraftCursor;
import dev.ringdraft.view.DraftPage;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The drafts of the caller: starting one, and listing them, newest activity first. */
@Authenticated
@Singleton
@Path(RestPaths.BASE + "/drafts")
@Produces(MediaType.APPLICATION_JSON)
public final class DraftsResource {
  private final DraftCommands commands;
  private final DraftCatalog catalog;
  private final IdSource ids;
  private final InstantSource clock;
  private final RestSettings settings;
  private final DraftResponses answers;

  @Inject
  DraftsResource(RestServices services, DraftResponses answers) {
    this.commands = services.drafts().commands();
    this.catalog = services.drafts().catalog();
    this.ids = services.ids();
    this.clock = services.clock();
    this.settings = services.settings();
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(
      @Context SecurityContext security,
      @Context ContainerRequestContext request,
      @Nullable JsonFields given) {
    JsonFields body =
        JsonFields.only(
            given,
            "title",
            "platform",
            "initial_segment",
            TurnPolicyFields.NAME,
            MutationHeaders.KEY_FIELD);
    MutationHeaders mutation = MutationHeaders.of(request, body);
    NewDraft draft =
        new NewDraft(
            body.text("title"),
            body.optionalConstant("platform", Platform.class),
            initial(body),
            TurnPolicyFields.of(body));
    CreateDraft command = new CreateDraft(RequestPrincipal.of(security), clock.instant(), draft);
    return answers.to(
        commands.create(command, mutation.options()),
        mutation,
        committed -> {
          ResponseBuilder created =
              Response.status(Response.Status.CREATED)
                  .header(HttpHeaders.LOCATION, DraftResponses.addressOf(committed.draft()));
          return mutation.wantsDraft() ? created : answers.showing(created, committed);
        });
  }

  private @Nullable NewSegment initial(JsonFields body) {
    String content = body.optionalText("initial_segment");
    return content == null ? null : new NewSegment(new SegmentId(ids.next()), content);
  }

  @GET
  public Response list(
      @Context SecurityContext security, @Context HttpHeaders headers, @Context UriInfo uri) {
    Query query = new Query(uri);
    UserId member = RequestPrincipal.of(security);
    String cursor = query.text("cursor");
    int limit = query.length("limit", settings.pages().drafts(), settings.pages().maxDrafts());
    Epoch epoch = answers.epoch();
    DraftPage page = catalog.draftsOf(member, cursor == null ? null : cursor(cursor), limit);
    EntityTag tag = tagOf(page, epoch);
    EntityTags known = EntityTags.of(headers.getRequestHeader(HttpHeaders.IF_NONE_MATCH));
    if (known != null && known.matchWeakly(tag)) {
      return DraftResponses.cacheable(Response.notModified().tag(tag));
    }
    Drafts body =
        new Drafts(
            page.drafts().stream().map(draft -> DraftBody.of(draft, epoch)).toList(),
            nextCursor(page.next()));
    return DraftResponses.cacheable(Response.ok(body).tag(tag));
  }

  /** A hash of the drafts at their revisions, in their order, and of whether more follow. */
  private static EntityTag tagOf(DraftPage page, Epoch epoch) {
    String versions =
        page.drafts().stream()
            .map(draft -> draft.id() + "." + draft.revision())
            .collect(Collectors.joining(" ", "", page.next() == null ? "" : " more"));
    UUID hash = UUID.nameUUIDFromBytes(versions.getBytes(StandardCharsets.UTF_8));
    return new EntityTag(epoch + "." + hash);
  }

  private static DraftCursor cursor(String text) {
    return CursorText.parse(text)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.invalid(
                        "cursor", "not understood (expected: a next_cursor of this list)")));
  }

  private static @Nullable String nextCursor(@Nullable DraftCursor next) {
    return next == null ? null : CursorText.of(next);
  }
}
