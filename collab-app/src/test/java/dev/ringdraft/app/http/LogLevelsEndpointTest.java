package dev.ringdraft.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.app.config.LogSettings.Level;
import dev.ringdraft.app.http.operations.LogLevels;
import dev.ringdraft.app.http.operations.LogLevelsEndpoint;
import dev.ringdraft.wire.WireName;
import java.util.List;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLevelsEndpointTest {
  private static final String TOKEN = "the token of operators in this test";

  /** Levels of loggers below {@code ours}. */
  private static final class FakeLevels implements LogLevels {
    private final SortedMap<String, String> levels = new TreeMap<>();

    @Override
    public SortedMap<String, String> all() {
      return levels;
    }

    @Override
    public boolean set(String logger, Level level) {
      levels.put(logger, WireName.of(level));
      return logger.startsWith("ours");
    }

    @Override
    public boolean reset(String logger) {
      levels.remove(logger);
      return logger.startsWith("ours");
    }
  }

  private final Queue<AuditEvent> audited = new ConcurrentLinkedQueue<>();
  private final Listener listener =
      Listener.builder("127.0.0.1", 0)
          .handlers(List.of(new LogLevelsEndpoint(new FakeLevels(), TOKEN, audited::add)))
          .start("admin.port");

  @AfterEach
  void stop() {
    listener.close();
  }

  private String ask(String request, String authorization) {
    return RawHttp.exchange(
        listener.url(),
        "%s HTTP/1.1\r\nHost: a\r\n%sConnection: close\r\n\r\n".formatted(request, authorization));
  }

  private String ask(String request) {
    return ask(request, "Authorization: Bearer " + TOKEN + "\r\n");
  }

  @Test
  void a_level_is_shown_changed_and_given_back() {
    assertEquals("{\"data\":{}}", RawHttp.body(ask("GET /log-levels")));
    assertEquals(
        "{\"data\":{\"ours.rest\":\"debug\"}}",
        RawHttp.body(ask("PUT /log-levels/ours.rest?level=debug")));
    String shown = ask("GET /log-levels");
    assertEquals("{\"data\":{\"ours.rest\":\"debug\"}}", RawHttp.body(shown));
    assertEquals("application/json", RawHttp.header(shown, "Content-Type"));
    assertEquals("no-store", RawHttp.header(shown, "Cache-Control"));
    assertEquals("{\"data\":{}}", RawHttp.body(ask("DELETE /log-levels/ours.rest")));
    assertEquals(List.of(), List.copyOf(audited));
  }

  @ParameterizedTest
  @CsvSource({
    "PUT /log-levels/ours.rest?level=loud, 400",
    "PUT /log-levels/ours.rest?level=DEBUG, 400",
    "PUT /log-levels/ours.rest, 400",
    "PUT /log-levels/org.library?level=debug, 404",
    "DELETE /log-levels/org.library, 404",
    "POST /log-levels, 405",
    "GET /log-levels/ours.rest, 405",
    "GET /log-level, 404"
  })
  void what_cannot_be_meant_is_refused(String request, int status) {
    assertEquals(status, RawHttp.status(ask(request)));
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "Authorization: Bearer",
    "Authorization: Bearer the token of operators in this tesT",
    "Authorization: the token of operators in this test"
  })
  void who_has_not_the_token_gets_nothing_and_is_audited(String header) {
    for (String request : List.of("GET /log-levels", "PUT /log-levels/ours.rest?level=debug")) {
      String refused = ask(request, header.isEmpty() ? "" : header + "\r\n");
      assertEquals(401, RawHttp.status(refused), refused);
      assertEquals("Bearer", RawHttp.header(refused, "WWW-Authenticate"));
    }
    assertEquals("{\"data\":{}}", RawHttp.body(ask("GET /log-levels")));
    assertEquals(
        List.of("GET /log-levels", "PUT /log-levels/{logger}"),
        audited.stream().map(AuditEvent::action).toList());
  }
}
