package example.drafts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Ana and Ben write by turns; each follows live. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class TwoPeopleTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry properties) {
    Postgres.register(properties);
  }

  @Test
  void two_people_write_by_turns_and_see_each_other_live() throws Exception {
    String draft = post("ana", "", "title=Night+train", 200);
    post("ana", "/" + draft + "/members", "member=ben", 200);
    Messages ana = live("ana", draft, 2);
    Messages ben = live("ben", draft, 2);

    post("ana", "/" + draft + "/segments", "text=It+left+at+nine.", 200);
    ben.await("It left at nine.");
    String refused = post("ben", "/" + draft + "/segments", "text=My+turn%3F", 409);
    assertTrue(refused.contains("RingNotHeld"), refused);

    post("ana", "/" + draft + "/pass", "to=ben", 200);
    post("ben", "/" + draft + "/segments", "text=Nobody+saw+who+drove.", 200);
    ana.await("Nobody saw who drove.");
    ben.await("Nobody saw who drove.");
    assertEquals(
        "[\"It left at nine.\",\"Nobody saw who drove.\"]", get("ben", "/" + draft).body());
  }

  @Test
  void a_subscriber_who_comes_back_gets_the_events_that_it_missed() throws Exception {
    String draft = post("ana", "", "title=Day+train", 200);
    Messages first = live("ana", draft, 1);
    post("ana", "/" + draft + "/segments", "text=one", 200);
    first.await("\"one\"");
    first.socket.abort();
    post("ana", "/" + draft + "/segments", "text=two", 200);

    Messages second = live("ana", draft, 2);
    second.await("\"two\"");
  }

  @Test
  void a_non_member_neither_reads_nor_follows() throws Exception {
    String draft = post("ana", "", "title=Night+train", 200);

    assertEquals(404, get("zed", "/" + draft).statusCode());
    live("zed", draft, 0).await("closed 4501");
  }

  private String post(String user, String path, String form, int status) throws Exception {
    HttpRequest request =
        request(user, path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    assertEquals(status, response.statusCode(), response.body());
    return response.body();
  }

  private HttpResponse<String> get(String user, String path) throws Exception {
    return client.send(request(user, path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String user, String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/drafts" + path))
        .header("X-User-Id", user);
  }

  private Messages live(String user, String draft, long after) {
    Messages messages = new Messages();
    messages.socket =
        client
            .newWebSocketBuilder()
            .header("X-User-Id", user)
            .buildAsync(
                URI.create(
                    "ws://localhost:%d/drafts/%s/live?after=%d".formatted(port, draft, after)),
                messages)
            .join();
    return messages;
  }

  /** The text messages of one socket, in order. */
  private static final class Messages implements WebSocket.Listener {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder message = new StringBuilder();
    private WebSocket socket;

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        received.add(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      received.add("closed " + code);
      return null;
    }

    /** Waits for a message with this text, past others. */
    void await(String text) throws InterruptedException {
      String next = "";
      while (!next.contains(text)) {
        next = received.poll(10, TimeUnit.SECONDS);
        assertTrue(next != null, "no message with " + text);
      }
    }
  }
}
