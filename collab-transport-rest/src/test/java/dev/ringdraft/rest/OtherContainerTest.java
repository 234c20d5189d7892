package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.access.AccessServices;
import dev.ringdraft.access.AuditLog;
import dev.ringdraft.access.Authentication;
import dev.ringdraft.access.Authentication.Authenticated;
import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.ClientAddress;
import dev.ringdraft.access.Credentials;
import dev.ringdraft.access.Credentials.DevelopmentUser;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.member.UserId;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import dev.ringdraft.rest.config.DraftServices;
import dev.ringdraft.rest.config.RestServices;
import dev.ringdraft.room.RoomHub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.glassfish.jersey.inject.hk2.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.glassfish.jersey.servlet.async.AsyncContextDelegateProviderImpl;
import org.glassfish.jersey.servlet.spi.AsyncContextDelegateProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The resources as a servlet on Tomcat, without a Grizzly listener. */
final class OtherContainerTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final InMemoryDraftEventStore store = new InMemoryDraftEventStore();
  private final RoomHub rooms = RoomHub.builder(store).start();
  private final Tomcat tomcat = new Tomcat();

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    DraftCommands commands =
        new DraftCommands(store, rooms, DraftLimits.defaults(), IdSource.random());
    DraftServices drafts = new DraftServices(commands, store, store, rooms);
    AccessServices access =
        new AccessServices(
            OtherContainerTest::authenticate, ClientAddress.direct(), AuditLog.none());
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    Context context = tomcat.addContext("", folder.toString());
    // begin rest
    ResourceConfig rest = RestApplication.of(RestServices.builder(drafts, access).build());
    rest.register(
        new AbstractBinder() {
          @Override
          protected void configure() {
            bind(AsyncContextDelegateProviderImpl.class).to(AsyncContextDelegateProvider.class);
          }
        });
    Wrapper servlet = Tomcat.addServlet(context, "rest", new ServletContainer(rest));
    servlet.setAsyncSupported(true);
    servlet.addMapping("/*");
    // end rest
    tomcat.getConnector();
    tomcat.start();
  }

  @AfterEach
  void stop() throws Exception {
    rooms.close();
    tomcat.stop();
    tomcat.destroy();
  }

  private static Authentication authenticate(Credentials credentials) {
    return credentials instanceof DevelopmentUser user
        ? new Authenticated(new UserId(user.name()), null)
        : new Refused("nothing shown");
  }

  private HttpRequest request(String method, String path, String user, @Nullable String json) {
    return HttpRequest.newBuilder(
            URI.create(
                "http://127.0.0.1:%d/v1/collab%s"
                    .formatted(tomcat.getConnector().getLocalPort(), path)))
        .header("X-User-Id", user)
        .header("Content-Type", "application/json")
        .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
        .build();
  }

  private HttpResponse<String> send(String method, String path, String user, @Nullable String json)
      throws Exception {
    return HTTP.send(request(method, path, user, json), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }

  private String draft() throws Exception {
    HttpResponse<String> created = send("POST", "/drafts", "ana", "{\"title\":\"Tale\"}");
    assertEquals(201, created.statusCode(), created.body());
    assertTrue(created.headers().firstValue("ETag").isPresent());
    return json(created).at("/data/draft_id").asText();
  }

  @Test
  void a_draft_is_written_and_read() throws Exception {
    String path = "/drafts/" + draft();

    HttpResponse<String> appended =
        send("POST", path + "/segments", "ana", "{\"content\":\"It left at nine.\"}");
    assertEquals(201, appended.statusCode(), appended.body());

    JsonNode read = json(send("GET", path, "ana", null));
    assertEquals("It left at nine.", read.at("/data/segments/0/content").asText());
    JsonNode events = json(send("GET", path + "/events", "ana", null));
    assertEquals(2, events.get("data").size());
    assertEquals(2, events.get("revision").asInt());
  }

  @Test
  void problems_are_those_of_the_protocol() throws Exception {
    String path = "/drafts/" + draft();

    HttpResponse<String> missing = send("GET", path, "zed", null);
    assertEquals(404, missing.statusCode());
    assertEquals("not_found", json(missing).get("code").asText());
    assertEquals(
        "application/problem+json", missing.headers().firstValue("Content-Type").orElse(""));
    assertEquals(400, send("POST", path + "/segments", "ana", "{").statusCode());
    HttpResponse<String> tooLarge =
        send("POST", path + "/segments", "ana", "{\"content\":\"" + "x".repeat(70_000) + "\"}");
    assertEquals(413, tooLarge.statusCode());
  }

  @Test
  void a_poll_waits_for_the_next_event() throws Exception {
    String path = "/drafts/" + draft();
    CompletableFuture<HttpResponse<String>> poll =
        HTTP.sendAsync(
            request("GET", path + "/events?after=1&wait=20", "ana", null), BodyHandlers.ofString());

    send("POST", path + "/segments", "ana", "{\"content\":\"It left at nine.\"}");

    HttpResponse<String> answer = poll.get(10, TimeUnit.SECONDS);
    assertEquals(2, json(answer).at("/data/0/revision").asInt(), answer.body());
  }

  @Test
  void an_event_stream_is_refused_where_nothing_could_end_it() throws Exception {
    HttpRequest stream =
        HttpRequest.newBuilder(
                request("GET", "/drafts/" + draft() + "/events", "ana", null), (n, v) -> true)
            .header("Accept", "text/event-stream")
            .build();

    assertEquals(406, HTTP.send(stream, BodyHandlers.ofString()).statusCode());
  }
}
