package dev.ringdraft.app.story;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringdraft.app.story.Person.Seen;
import dev.ringdraft.app.story.Person.Watch;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One subscriber that does not read, among many that do. */
@Tag("long")
final class SlowSubscribersIT {
  private static final int PEOPLE = 30;
  private static final int SOCKETS_OF_A_PERSON = 10;
  private static final int LONG_SEGMENTS = 45;
  private static final String LONG = "long ".repeat(1_900);
  private static final int RECEIVE_BUFFER_BYTES = 4 << 10;

  /** A write may be stuck for 10 s; that is looked for each second. */
  private static final Duration GONE_WITHIN = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void who_does_not_read_is_sent_away_and_the_others_get_everything() throws Exception {
    try (RunningServer server =
        RunningServer.start(folder, "--limit.content-max-code-points=10000")) {
      Person ana = new Person("ana", server.url());
      String draft = ana.start(Person.body().put("title", "Slow"));
      List<Watch> watches = new ArrayList<>();
      for (int i = 0; i < PEOPLE; i++) {
        Person person = ana.named("viewer-" + i);
        ana.invite(draft, person, "viewer");
        for (int j = 0; j < SOCKETS_OF_A_PERSON; j++) {
          watches.add(person.watch(draft, 0L));
        }
      }
      try (Socket stalled = whoDoesNotRead(server.url(), draft)) {
        awaitMeter(server, "ringdraft_subscribers", PEOPLE * SOCKETS_OF_A_PERSON + 1);
        awaitMeter(server, "ringdraft_subscribers_aborted_total", 0);

        for (int i = 0; i < LONG_SEGMENTS; i++) {
          ana.append(draft, LONG + i, null).expect(201);
        }

        awaitMeter(server, "ringdraft_subscribers_aborted_total", 1);
        awaitMeter(server, "ringdraft_subscribers", PEOPLE * SOCKETS_OF_A_PERSON);
        awaitMeter(server, "ringdraft_sockets", PEOPLE * SOCKETS_OF_A_PERSON);
        assertTrue(isCutOff(stalled), "the connection has ended");
      }
      ana.append(draft, "The end.", null).expect(201);
      List<JsonNode> log = ana.log(draft);
      for (Watch watch : watches) {
        watch.next("connected");
        assertEquals(log, watch.upTo(log.size()).stream().map(Seen::frame).toList());
      }
      awaitMeter(server, "ringdraft_subscribers_aborted_total", 1);
      assertEquals(0, server.stop());
    }
  }

  private static void awaitMeter(RunningServer server, String name, int value)
      throws IOException, InterruptedException {
    server.awaitShown(
        "/metrics", Pattern.compile("(?m)^%s %d\\.0$".formatted(name, value)), GONE_WITHIN);
  }

  /** Somebody who opens a socket, and then leaves alone what comes. */
  private static Socket whoDoesNotRead(String url, String draft) throws IOException {
    URI server = URI.create(url);
    Socket socket = new Socket();
    socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    socket
        .getOutputStream()
        .write(
            """
            GET /v1/ws/drafts/%s HTTP/1.1\r
            Host: %s\r
            X-User-Id: ana\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """
                .formatted(draft, server.getAuthority())
                .getBytes(US_ASCII));
    return socket;
  }

  /** Whether there is an end behind what was sent. */
  private static boolean isCutOff(Socket socket) throws IOException {
    socket.setSoTimeout((int) GONE_WITHIN.toMillis());
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (SocketException reset) {
      return true;
    }
  }
}
