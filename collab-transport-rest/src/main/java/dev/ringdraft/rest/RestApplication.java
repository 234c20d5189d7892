package dev.ringdraft.rest;

import dev.ringdraft.access.RateLimiter;
import dev.ringdraft.rest.config.RestPaths;
import dev.ringdraft.rest.config.RestServices;
import dev.ringdraft.rest.config.RestSettings;
import dev.ringdraft.rest.filter.AliasFilter;
import dev.ringdraft.rest.filter.AnswerHeadersFilter;
import dev.ringdraft.rest.filter.AuditFilter;
import dev.ringdraft.rest.filter.AuthenticationFilter;
import dev.ringdraft.rest.filter.BodyLimitFilter;
import dev.ringdraft.rest.filter.ClientDisconnectFilter;
import dev.ringdraft.rest.filter.Compression;
import dev.ringdraft.rest.filter.DeadlineFilter;
import dev.ringdraft.rest.filter.PeerAddressFilter;
import dev.ringdraft.rest.filter.RequestIdFilter;
import dev.ringdraft.rest.filter.RouteFilter;
import dev.ringdraft.rest.json.SegmentJsonCache;
import dev.ringdraft.rest.json.WireMapper;
import dev.ringdraft.rest.problem.ProblemFilter;
import dev.ringdraft.rest.problem.ProblemMapper;
import dev.ringdraft.rest.request.JsonBodyReader;
import dev.ringdraft.rest.request.RequestAuthenticator;
import dev.ringdraft.rest.resource.DraftHistory;
import dev.ringdraft.rest.resource.DraftResource;
import dev.ringdraft.rest.resource.DraftResponses;
import dev.ringdraft.rest.resource.DraftsResource;
import dev.ringdraft.rest.resource.EventsResource;
import dev.ringdraft.rest.resource.ExportResource;
import dev.ringdraft.rest.resource.MembersResource;
import dev.ringdraft.rest.resource.PresenceResource;
import dev.ringdraft.rest.resource.RingRequestsResource;
import dev.ringdraft.rest.resource.RingResource;
import dev.ringdraft.rest.resource.SegmentsResource;
import dev.ringdraft.rest.resource.SessionResource;
import dev.ringdraft.rest.resource.StatisticsResource;
import dev.ringdraft.rest.stream.EventWaiters;
import dev.ringdraft.rest.stream.WaiterLimit;
import java.util.Set;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.inject.hk2.AbstractBinder;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.spi.AbstractContainerLifecycleListener;
import org.glassfish.jersey.server.spi.Container;

/**
 * The JAX-RS application: every resource, filter and mapper of this module, and nothing that Jersey
 * finds on the class path by itself.
 *
 * <p>Resources carry their whole path, {@code v1/collab/…}, so the application belongs at the root
 * of a server, in the empty context, for the patterns of {@link RestPaths#MOUNTS} alone; everything
 * else stays free for static files. On Grizzly a handler of the server's own hands those requests
 * on, as that of the program does:
 *
 * <pre>{@code
 * GrizzlyHttpContainer rest =
 *     ContainerFactory.createContainer(GrizzlyHttpContainer.class, RestApplication.of(services));
 * rest.start();
 * // In the handler, for a path that one of the patterns begins:
 * rest.service(request, response);
 * // At the end:
 * rest.destroy();
 * }</pre>
 *
 * <p>Without such a handler the container is registered for each pattern, by {@code
 * addHttpHandler(rest, HttpHandlerRegistration.builder().contextPath("").urlPattern(pattern)…)}.
 *
 * <p>On any other container of Jersey the application answers as well, but for event streams. There
 * a filter of the service, before those of the application, names the peer of a request in the
 * property {@link dev.ringdraft.rest.request.CallerAddress#PEER}; else all callers count as one
 * address.
 *
 * <p>A user id with a slash in it, percent-encoded in a path, needs the server's own {@code
 * getHttpHandler().setAllowEncodedSlash(true)}, and the container's. Workers must not be the
 * selector's threads: resources wait for the store.
 *
 * <p>The alias spellings are rewritten inside, before a request is matched ({@link AliasFilter}).
 */
public final class RestApplication {
  /** Every resource. */
  static final Set<Class<?>> RESOURCES =
      Set.of(
          DraftsResource.class,
          DraftResource.class,
          SegmentsResource.class,
          RingResource.class,
          RingRequestsResource.class,
          MembersResource.class,
          EventsResource.class,
          PresenceResource.class,
          StatisticsResource.class,
          ExportResource.class,
          SessionResource.class);

  private RestApplication() {}

  /** The application on these services; for one container. */
  public static ResourceConfig of(RestServices services) {
    RestSettings settings = services.settings();
    RateLimiter limiter =
        new RateLimiter(settings.rates().perSecond(), settings.rates().burst(), System::nanoTime);
    RequestAuthenticator callers =
        new RequestAuthenticator(services.access().authenticator(), limiter);
    DraftHistory history = new DraftHistory(services.drafts().catalog(), services.drafts().store());
    DraftResponses answers = new DraftResponses(history, services.drafts().store());
    SegmentJsonCache texts = new SegmentJsonCache(services.drafts().store());
    EventWaiters waits =
        new EventWaiters(
            services.tasks(),
            new WaiterLimit(settings.waits().perUser(), settings.retryAfter()),
            settings.waits().commentEvery());
    return new ResourceConfig()
        .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
        .property(CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true)
        .property(ServerProperties.WADL_FEATURE_DISABLE, true)
        .property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true)
        .property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true)
        .register(JacksonFeature.withoutExceptionMappers())
        .register(new WireMapper())
        .register(new JsonBodyReader())
        .register(new DeadlineFilter(settings.commandDeadline()))
        .register(new RequestIdFilter(services.ids()))
        .register(new PeerAddressFilter(services.access().addresses()))
        .register(new AliasFilter())
        .register(new BodyLimitFilter(settings.body()))
        .register(new RouteFilter())
        .register(new AuthenticationFilter(callers, settings.retryAfter()))
        .register(new ClientDisconnectFilter())
        .register(new AnswerHeadersFilter())
        .register(new Compression())
        .register(new AuditFilter(services.access().auditLog()))
        .register(new ProblemFilter())
        .register(new ProblemMapper(settings.retryAfter()))
        .register(
            new AbstractBinder() {
              @Override
              protected void configure() {
                bind(services).to(RestServices.class);
                bind(answers).to(DraftResponses.class);
                bind(callers).to(RequestAuthenticator.class);
                bind(waits).to(EventWaiters.class);
                bind(texts).to(SegmentJsonCache.class);
              }
            })
        .register(
            new AbstractContainerLifecycleListener() {
              @Override
              public void onShutdown(Container container) {
                waits.close();
              }
            })
        .registerClasses(RESOURCES);
  }
}
