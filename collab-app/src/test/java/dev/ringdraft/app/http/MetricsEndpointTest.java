package dev.ringdraft.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.app.http.operations.MetricsEndpoint;
import dev.ringdraft.app.metrics.Metrics;
import dev.ringdraft.room.RoomMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsEndpointTest {
  private final Metrics metrics = new Metrics();
  private final Listener listener =
      Listener.builder("127.0.0.1", 0)
          .handlers(List.of(new MetricsEndpoint(metrics)))
          .start("admin.port");

  @AfterEach
  void stop() {
    listener.close();
    metrics.close();
  }

  private String ask(String method) {
    return RawHttp.exchange(
        listener.url(), method + " /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  }

  private void assertLine(String line) {
    String text = RawHttp.body(ask("GET"));
    assertTrue(text.lines().anyMatch(line::equals), () -> line + " in\n" + text);
  }

  @Test
  void what_rooms_do_is_counted() {
    RoomMetrics rooms = metrics.rooms();
    rooms.wrote(3, 900);
    rooms.wrote(1, 300);
    rooms.fanOutStarted(Duration.ofMillis(4));
    rooms.lagged();
    rooms.slowDisconnected();
    rooms.resumed(true);
    rooms.resumed(false);
    rooms.resumed(false);

    assertLine("ringdraft_subscriber_events_total 4.0");
    assertLine("ringdraft_subscriber_bytes_total 1200.0");
    assertLine("ringdraft_subscriber_writes_total 2.0");
    assertLine("ringdraft_subscribers_behind_total 1.0");
    assertLine("ringdraft_subscribers_aborted_total 1.0");
    assertLine("ringdraft_subscribers_resumed_total{from=\"log\"} 1.0");
    assertLine("ringdraft_subscribers_resumed_total{from=\"window\"} 2.0");
    assertLine("ringdraft_commit_to_write_seconds_bucket{le=\"0.002\"} 0");
    assertLine("ringdraft_commit_to_write_seconds_bucket{le=\"0.005\"} 1");
  }

  @Test
  void what_changes_is_shown_as_it_is() {
    List<Integer> open = new ArrayList<>(List.of(1, 2));
    metrics.gauge("ringdraft.sockets", "WebSockets that are open", open, List::size);
    assertLine("ringdraft_sockets 2.0");
    open.add(3);
    assertLine("ringdraft_sockets 3.0");
  }

  @Test
  void metrics_are_only_read() {
    assertEquals(Metrics.CONTENT_TYPE, RawHttp.header(ask("GET"), "Content-Type"));
    assertEquals("no-store", RawHttp.header(ask("GET"), "Cache-Control"));
    assertEquals(405, RawHttp.status(ask("POST")));
    assertTrue(RawHttp.body(ask("HEAD")).isEmpty());
  }
}
