package dev.ringdraft.rest;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.UserId;
import dev.ringdraft.rest.DraftJson.Events;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** The events of a draft, a page at a time, from any revision on. */
@Authenticated
@Singleton
@Path(RestApplication.BASE + "/drafts/{draft_id}/events")
@Produces(MediaType.APPLICATION_JSON)
public final class EventsResource {
  private final DraftEventStore store;
  private final RestSettings settings;

  @Inject
  EventsResource(RestServices services) {
    this.store = services.store();
    this.settings = services.settings();
  }

  @GET
  public Events readAfter(
      @Context SecurityContext security,
      @Context UriInfo uri,
      @PathParam("draft_id") DraftId draft) {
    UserId reader = Caller.of(security);
    Query query = new Query(uri);
    long after = query.number("after", 0, 0);
    int limit =
        query.length("limit", settings.maxEventsPageLength(), settings.maxEventsPageLength());
    DraftHead head =
        store
            .load(draft, null)
            .filter(found -> found.draft().members().contains(reader))
            .orElseThrow(() -> new ProblemException(Problem.notFound()));
    List<RecordedEvent> events =
        after >= head.revision() ? List.of() : store.readAfter(draft, after, limit);
    long last = events.isEmpty() ? 0 : events.getLast().revision();
    return new Events(events, Math.max(head.revision(), last), store.epoch());
  }
}
