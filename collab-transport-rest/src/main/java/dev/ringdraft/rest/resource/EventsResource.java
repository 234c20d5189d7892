package dev.ringdraft.rest.resource;

import dev.ringdraft.access.Problem;
import dev.ringdraft.access.RequestId;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.member.UserId;
import dev.ringdraft.rest.config.RestPaths;
import dev.ringdraft.rest.config.RestServices;
import dev.ringdraft.rest.config.RestSettings;
import dev.ringdraft.rest.filter.AnswerHeadersFilter;
import dev.ringdraft.rest.filter.ClientDisconnectFilter;
import dev.ringdraft.rest.problem.ProblemException;
import dev.ringdraft.rest.problem.RequestIds;
import dev.ringdraft.rest.request.Authenticated;
import dev.ringdraft.rest.request.Query;
import dev.ringdraft.rest.request.RequestPrincipal;
import dev.ringdraft.rest.stream.ClientDisconnect;
import dev.ringdraft.rest.stream.EventPage;
import dev.ringdraft.rest.stream.EventQuery;
import dev.ringdraft.rest.stream.EventWaiters;
import dev.ringdraft.rest.stream.LongRunning;
import dev.ringdraft.rest.stream.PendingResponse;
import dev.ringdraft.rest.stream.StreamPosition;
import dev.ringdraft.rest.stream.StreamSpan;
import dev.ringdraft.room.ResumePoint;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.room.Subscription;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.InstantSource;

/** The events of a draft, from any revision on: a page, waited for if need be, or a stream. */
@Authenticated
@LongRunning
@Singleton
@Path(RestPaths.BASE + "/drafts/{draft_id}/events")
@Produces(MediaType.APPLICATION_JSON)
public final class EventsResource {
  private static final String EVENT_STREAM = "text/event-stream";
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  private final DraftEventStore store;
  private final RoomHub rooms;
  private final RestSettings settings;
  private final EventWaiters waits;
  private final InstantSource clock;

  @Inject
  EventsResource(RestServices services, EventWaiters waits) {
    this.store = services.drafts().store();
    this.rooms = services.drafts().rooms();
    this.settings = services.settings();
    this.waits = waits;
    this.clock = services.access().clock();
  }

  @GET
  public void readAfter(
      @Context SecurityContext security,
      @Context UriInfo uri,
      @Context ContainerRequestContext request,
      @PathParam("draft_id") DraftId draft,
      @Suspended AsyncResponse response) {
    UserId reader = RequestPrincipal.of(security);
    Query query = new Query(uri);
    long after = query.number("after", 0, 0);
    int limit = query.length("limit", settings.pages().maxEvents(), settings.pages().maxEvents());
    EventQuery wanted = new EventQuery(draft, after, limit);
    Duration wait = query.seconds("wait", settings.waits().longest());
    // The room is entered before the log is looked at, so that nothing can fall between the two.
    Subscription admission = admit(draft, reader, after);
    ClientDisconnect departure = ClientDisconnectFilter.of(request);
    try {
      if (!wait.isZero() && after >= admission.version().revision()) {
        Duration left = RequestPrincipal.timeLeft(request, clock.instant());
        Duration longest = left == null || wait.compareTo(left) < 0 ? wait : left;
        waits.poll(admission, wanted, longest, new PendingResponse(response, departure));
        return;
      }
    } finally {
      admission.release();
    }
    response.resume(new EventPage(store, wanted, admission.version(), departure));
  }

  /**
   * Streams. What is written here goes past JAX-RS, whose streams wait for their clients; so do the
   * headers of the answer.
   */
  @GET
  @Produces(EVENT_STREAM + ";qs=0.5")
  public void stream(
      @Context SecurityContext security,
      @Context UriInfo uri,
      @Context ContainerRequestContext request,
      @PathParam("draft_id") DraftId draft,
      @Suspended AsyncResponse response) {
    UserId reader = RequestPrincipal.of(security);
    Query query = new Query(uri);
    String last = request.getHeaderString(LAST_EVENT_ID);
    long after =
        last == null || last.isEmpty()
            ? query.number("after", 0, 0)
            : Query.number(LAST_EVENT_ID, last, 0);
    Subscription admission = admit(draft, reader, after);
    try {
      if (request.getMethod().equals(HttpMethod.HEAD)) {
        response.resume(Response.ok().type(EVENT_STREAM).build());
        return;
      }
      ClientDisconnect departure = ClientDisconnectFilter.of(request);
      waits.stream(
          admission,
          new StreamSpan(
              StreamPosition.of(admission.version(), new ResumePoint(after, query.text("epoch"))),
              RequestPrincipal.timeLeft(request, clock.instant())),
          () -> setHeaders(departure.request().getResponse(), request, admission.version()),
          departure);
    } finally {
      admission.release();
    }
  }

  private static void setHeaders(
      org.glassfish.grizzly.http.server.Response answer,
      ContainerRequestContext request,
      DraftVersion version) {
    answer.setStatus(Response.Status.OK.getStatusCode());
    answer.setContentType(EVENT_STREAM);
    answer.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    answer.setHeader("Connection", "close");
    answer.setHeader("X-Accel-Buffering", "no");
    answer.setHeader("X-Content-Type-Options", "nosniff");
    answer.setHeader("X-Epoch", version.epoch().value());
    answer.setHeader(RequestId.HEADER, RequestIds.of(request.getHeaders()));
    answer.addHeader(HttpHeaders.VARY, AnswerHeadersFilter.VARY);
  }

  private Subscription admit(DraftId draft, UserId reader, long after) {
    return rooms
        .admit(draft, reader, after)
        .orElseThrow(() -> new ProblemException(Problem.notFound()));
  }
}
