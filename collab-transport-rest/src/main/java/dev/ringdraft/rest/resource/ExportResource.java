package dev.ringdraft.rest.resource;

import dev.ringdraft.access.Problem;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.rest.config.RestPaths;
import dev.ringdraft.rest.config.RestServices;
import dev.ringdraft.rest.export.DraftExport;
import dev.ringdraft.rest.export.ExportFileName;
import dev.ringdraft.rest.export.ExportOptions;
import dev.ringdraft.rest.filter.ClientDisconnectFilter;
import dev.ringdraft.rest.problem.ProblemException;
import dev.ringdraft.rest.request.Authenticated;
import dev.ringdraft.rest.request.Query;
import dev.ringdraft.rest.request.RequestPrincipal;
import dev.ringdraft.rest.stream.LogSlices;
import dev.ringdraft.rest.stream.LongRunning;
import dev.ringdraft.view.DraftCatalog;
import dev.ringdraft.view.DraftSummary;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;

/** A draft as a file, in the format that the query names. */
@Authenticated
@LongRunning
@Singleton
@Path(RestPaths.BASE + "/drafts/{draft_id}/export")
public final class ExportResource {
  private final DraftCatalog catalog;
  private final DraftEventStore store;

  @Inject
  ExportResource(RestServices services) {
    this.catalog = services.drafts().catalog();
    this.store = services.drafts().store();
  }

  @GET
  public Response export(
      @Context SecurityContext security,
      @Context UriInfo uri,
      @Context ContainerRequestContext request,
      @PathParam("draft_id") DraftId draft) {
    ExportOptions options = ExportOptions.of(new Query(uri));
    // Bound before the head is read, so that both are of one history or the export fails.
    DraftEventStore log = store.within(Deadline.none());
    DraftSummary summary =
        catalog
            .summary(draft, RequestPrincipal.of(security))
            .orElseThrow(() -> new ProblemException(Problem.notFound()));
    LogSlices slices = new LogSlices(log, draft, summary.revision());
    return Response.ok(DraftExport.of(summary, options, slices, ClientDisconnectFilter.of(request)))
        .type(options.format().mediaType())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ExportFileName.disposition(summary.title(), summary.revision(), options.format()))
        .build();
  }
}
