package dev.ringdraft.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.app.http.operations.Health;
import dev.ringdraft.app.http.operations.Readiness;
import dev.ringdraft.app.http.operations.Readiness.State;
import dev.ringdraft.app.http.operations.ReadinessProbe;
import dev.ringdraft.testing.Eventually;
import dev.ringdraft.wire.WireName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HealthTest {
  private final AtomicLong nanoTime = new AtomicLong(-1_000_000_000L);
  private final Readiness readiness = new Readiness(nanoTime::get);
  private final Listener listener =
      Listener.builder("127.0.0.1", 0).handlers(List.of(new Health(readiness))).start("admin.port");

  @AfterEach
  void stop() {
    listener.close();
  }

  private String ask(String method, String path) {
    return RawHttp.exchange(
        listener.url(),
        "%s %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".formatted(method, path));
  }

  private void assertAnswer(int status, String word, String path) {
    String answer = ask("GET", path);
    assertEquals(status, RawHttp.status(answer), answer);
    assertEquals("{\"status\":\"%s\"}".formatted(word), RawHttp.body(answer));
    assertEquals("application/json", RawHttp.header(answer, "Content-Type"));
    assertEquals("no-store", RawHttp.header(answer, "Cache-Control"));
  }

  @Test
  void a_server_that_starts_is_live_but_not_ready_however_long_it_takes() {
    nanoTime.addAndGet(Duration.ofHours(1).toNanos());

    assertAnswer(200, "live", "/health/live");
    assertAnswer(503, "starting", "/health/ready");
  }

  @Test
  void a_server_whose_database_takes_commits_is_ready() {
    readiness.observed(State.READY);

    assertAnswer(200, "live", "/health/live");
    assertAnswer(200, "ready", "/health/ready");
  }

  @ParameterizedTest
  @EnumSource(names = {"DATABASE_UNREACHABLE", "DATABASE_READ_ONLY", "DISK_FULL"})
  void a_server_whose_database_takes_no_commit_is_live_but_not_ready(State database) {
    readiness.observed(database);

    assertAnswer(200, "live", "/health/live");
    assertAnswer(503, WireName.of(database), "/health/ready");
    readiness.observed(State.READY);
    assertAnswer(200, "ready", "/health/ready");
  }

  @Test
  void an_observation_that_is_long_ago_does_not_count() {
    readiness.observed(State.READY);
    nanoTime.addAndGet(Duration.ofSeconds(6).toNanos());
    assertAnswer(200, "ready", "/health/ready");
    nanoTime.addAndGet(1);

    assertAnswer(503, "database_unreachable", "/health/ready");
  }

  @Test
  void a_server_that_is_about_to_stop_is_not_ready() {
    readiness.drain();
    readiness.observed(State.READY);

    assertAnswer(200, "live", "/health/live");
    assertAnswer(503, "draining", "/health/ready");
  }

  @Test
  void the_database_is_observed_by_a_thread_of_its_own_that_survives_faults() {
    AtomicInteger observed = new AtomicInteger();
    Supplier<State> database =
        () -> {
          if (observed.incrementAndGet() == 2) {
            throw new IllegalStateException("a fault of this test");
          }
          return State.DISK_FULL;
        };
    ReadinessProbe probe = ReadinessProbe.start(database, readiness);
    try {
      assertAnswer(503, "disk_full", "/health/ready");
      Eventually.until(() -> observed.get() > 2);
    } finally {
      probe.close();
    }
  }

  @Test
  void health_is_only_read_and_nothing_else_is_there() {
    readiness.observed(State.READY);
    assertEquals(405, RawHttp.status(ask("POST", "/health/live")));
    assertEquals("GET, HEAD", RawHttp.header(ask("DELETE", "/health/ready"), "Allow"));
    assertEquals(404, RawHttp.status(ask("GET", "/health")));
    assertEquals(404, RawHttp.status(ask("GET", "/")));
    String head = ask("HEAD", "/health/ready");
    assertEquals(200, RawHttp.status(head));
    assertTrue(RawHttp.body(head).isEmpty());
  }
}
