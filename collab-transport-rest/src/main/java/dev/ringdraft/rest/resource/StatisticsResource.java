package dev.ringdraft.rest.resource;

import dev.ringdraft.access.Problem;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.rest.config.RestPaths;
import dev.ringdraft.rest.config.RestServices;
import dev.ringdraft.rest.json.DraftBody.Data;
import dev.ringdraft.rest.json.StatisticsBody;
import dev.ringdraft.rest.problem.ProblemException;
import dev.ringdraft.rest.request.Authenticated;
import dev.ringdraft.rest.request.RequestPrincipal;
import dev.ringdraft.rest.stream.LogSlices;
import dev.ringdraft.view.DraftCatalog;
import dev.ringdraft.view.DraftStatistics.Fold;
import dev.ringdraft.view.DraftSummary;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.time.InstantSource;

/** The figures of a draft, folded from its whole log within the deadline of a command. */
@Authenticated
@Singleton
@Path(RestPaths.BASE + "/drafts/{draft_id}/stats")
@Produces(MediaType.APPLICATION_JSON)
public final class StatisticsResource {
  private final DraftCatalog catalog;
  private final DraftEventStore store;
  private final InstantSource clock;
  private final Duration deadline;

  @Inject
  StatisticsResource(RestServices services) {
    this.catalog = services.drafts().catalog();
    this.store = services.drafts().store();
    this.clock = services.clock();
    this.deadline = services.settings().commandDeadline();
  }

  @GET
  public Data read(@Context SecurityContext security, @PathParam("draft_id") DraftId draft) {
    DraftSummary summary =
        catalog
            .summary(draft, RequestPrincipal.of(security))
            .orElseThrow(() -> new ProblemException(Problem.notFound()));
    DraftEventStore log = store.within(Deadline.after(deadline));
    Fold fold = new Fold();
    new LogSlices(log, draft, summary.revision())
        .forEachRemaining(slice -> slice.forEach(fold::add));
    return new Data(StatisticsBody.of(fold.at(clock.instant()), log.epoch()));
  }
}
