package dev.ringdraft.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.app.http.operations.Health;
import dev.ringdraft.app.http.operations.Readiness;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final AtomicBoolean reachable = new AtomicBoolean(true);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicLong nanoTime = new AtomicLong();
  private final Readiness readiness =
      new Readiness(
          () -> {
            asked.incrementAndGet();
            return reachable.get();
          },
          nanoTime::get);
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
  void a_server_whose_database_answers_is_ready() {
    assertAnswer(200, "live", "/health/live");
    assertAnswer(200, "ready", "/health/ready");
  }

  @Test
  void a_server_without_its_database_is_live_but_not_ready() {
    reachable.set(false);

    assertAnswer(200, "live", "/health/live");
    assertAnswer(503, "database_unreachable", "/health/ready");
  }

  @Test
  void a_server_that_is_about_to_stop_is_not_ready() {
    readiness.drain();

    assertAnswer(200, "live", "/health/live");
    assertAnswer(503, "draining", "/health/ready");
    assertEquals(0, asked.get());
  }

  @Test
  void the_database_is_asked_once_a_second_however_many_want_to_know() {
    for (int index = 0; index < 20; index++) {
      assertAnswer(200, "ready", "/health/ready");
    }
    assertEquals(1, asked.get());
    reachable.set(false);
    nanoTime.addAndGet(1_000_000_000L);

    assertAnswer(503, "database_unreachable", "/health/ready");
    assertEquals(2, asked.get());
  }

  @Test
  void health_is_only_read_and_nothing_else_is_there() {
    assertEquals(405, RawHttp.status(ask("POST", "/health/live")));
    assertEquals("GET, HEAD", RawHttp.header(ask("DELETE", "/health/ready"), "Allow"));
    assertEquals(404, RawHttp.status(ask("GET", "/health")));
    assertEquals(404, RawHttp.status(ask("GET", "/")));
    String head = ask("HEAD", "/health/ready");
    assertEquals(200, RawHttp.status(head));
    assertTrue(RawHttp.body(head).isEmpty());
  }
}
