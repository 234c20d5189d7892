package dev.ringdraft.app.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.ringdraft.rest.request.RequestRoute;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

final class MeteredRequestsTest {
  private static final RequestRoute DRAFTS = new RequestRoute("/v1/collab/drafts", false);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MeteredRequests requests = new MeteredRequests(new Meters(registry));

  private void answer(int status) {
    requests.answered("GET", DRAFTS, status);
    requests.took("GET", DRAFTS, 1_500_000);
  }

  @Test
  void answers_are_counted_by_method_route_and_status() {
    answer(200);
    answer(200);
    answer(404);
    requests.answered("POST", DRAFTS, 201);
    requests.answered("other", RequestRoute.OTHER, 400);

    assertCount(2, "method=\"GET\",route=\"/v1/collab/drafts\",status=\"200\"");
    assertCount(1, "method=\"GET\",route=\"/v1/collab/drafts\",status=\"404\"");
    assertCount(1, "method=\"POST\",route=\"/v1/collab/drafts\",status=\"201\"");
    assertCount(1, "method=\"other\",route=\"other\",status=\"400\"");
    String times =
        "ringdraft_http_request_seconds_count{method=\"GET\",route=\"/v1/collab/drafts\"} 3";
    assertTrue(registry.scrape().contains(times), registry::scrape);
  }

  private void assertCount(int expected, String labels) {
    String series = "ringdraft_http_requests_total{" + labels + "} " + expected;
    assertTrue(registry.scrape().contains(series), registry::scrape);
  }

  @Test
  void an_answer_allocates_nothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int calls = 50_000;
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < calls; i++) {
        answer(200);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }

    assertEquals(0, least / calls, "bytes for an answer");
  }
}
