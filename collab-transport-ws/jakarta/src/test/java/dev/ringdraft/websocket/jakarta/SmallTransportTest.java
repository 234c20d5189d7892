package dev.ringdraft.websocket.jakarta;

import static dev.ringdraft.testing.Cast.ANA;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.RemoveCollaborator;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import dev.ringdraft.room.Batch;
import dev.ringdraft.room.CloseCode;
import dev.ringdraft.room.Delivery;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.room.Subscriber;
import dev.ringdraft.room.SubscriberConnection;
import dev.ringdraft.room.Subscription;
import dev.ringdraft.room.SubscriptionOptions;
import dev.ringdraft.wire.EventJson;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.websocket.WsWebSocketContainer;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The transport of docs/how-to/write-a-transport.md, run. */
final class SmallTransportTest {
  // begin adapter
  /** Sends by the blocking methods of a session, each batch on a virtual thread. */
  record SessionSubscriber(Session session) implements SubscriberConnection {
    @Override
    public void write(Batch batch, Completion completion) {
      Thread.startVirtualThread(
          () -> {
            try {
              for (Delivery delivery : batch.deliveries()) {
                session.getBasicRemote().sendText(delivery.text());
              }
            } catch (IOException | RuntimeException gone) {
              completion.failed();
              return;
            }
            completion.written();
          });
    }

    @Override
    public void close(CloseCode code) {
      Thread.startVirtualThread(
          () -> {
            try {
              CloseReason.CloseCode number = CloseCodes.getCloseCode(code.code());
              session.close(new CloseReason(number, code.reason()));
            } catch (IOException gone) {
              // It is closed, which is all that is wanted.
            }
          });
    }
  }

  // end adapter

  // begin endpoint
  /** One session: admits its user, who has been authenticated before, and subscribes it. */
  public static final class DraftWatch extends Endpoint {
    private final RoomHub rooms;
    private @Nullable Subscriber subscriber;

    DraftWatch(RoomHub rooms) {
      this.rooms = rooms;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
      SessionSubscriber connection = new SessionSubscriber(session);
      DraftId draft = new DraftId(session.getPathParameters().getOrDefault("draft_id", ""));
      UserId user = Watches.userOf(config);
      Optional<Subscription> admission = rooms.admit(draft, user, 0);
      if (admission.isEmpty()) {
        connection.close(CloseCode.FORBIDDEN);
        return;
      }
      subscriber =
          admission.get().subscribe(connection, SubscriptionOptions.live().unlisted().after(0));
      subscriber.start();
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
      if (subscriber != null) {
        subscriber.end();
      }
    }
  }

  // end endpoint

  /** Gives every endpoint the rooms, and the user of the request. */
  private static final class Watches extends ServerEndpointConfig.Configurator {
    private final RoomHub rooms;

    Watches(RoomHub rooms) {
      this.rooms = rooms;
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
      return type.cast(new DraftWatch(rooms));
    }

    @Override
    public void modifyHandshake(
        ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
      String user = request.getParameterMap().getOrDefault("user", List.of("")).getFirst();
      config.getUserProperties().put("user", new UserId(user));
    }

    static UserId userOf(EndpointConfig config) {
      return (UserId) requireNonNull(config.getUserProperties().get("user"));
    }
  }

  private final InMemoryDraftEventStore store = new InMemoryDraftEventStore();
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  /** What a client hears, the code of the close at the end. */
  private final class Client extends Endpoint {
    @Override
    public void onOpen(Session session, EndpointConfig config) {
      session.addMessageHandler(String.class, (MessageHandler.Whole<String>) received::add);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
      received.add("closed " + reason.getCloseCode().getCode());
    }
  }

  @Test
  void a_subscriber_gets_each_event_and_is_closed_when_it_is_removed() throws Exception {
    try (RoomHub rooms = RoomHub.builder(store).start()) {
      Server jetty = jetty(rooms);
      DraftCommands commands =
          new DraftCommands(store, rooms, DraftLimits.defaults(), IdSource.random());
      UserId eve = new UserId("eve");
      CreateDraft create = new CreateDraft(ANA, Instant.now(), NewDraft.titled("Tale"));
      DraftId draft = ((Committed) commands.create(create, CommandOptions.none())).draft();
      commands.handle(
          draft, new AddCollaborator(ANA, Instant.now(), eve, Role.VIEWER), CommandOptions.none());

      int port = ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
      URI address = URI.create("ws://127.0.0.1:%d/watch/%s?user=eve".formatted(port, draft));
      Session unused =
          new WsWebSocketContainer()
              .connectToServer(
                  new Client(), ClientEndpointConfig.Builder.create().build(), address);
      assertEquals(json(draft, 1), received.poll(5, TimeUnit.SECONDS));
      assertEquals(json(draft, 2), received.poll(5, TimeUnit.SECONDS));
      commands.handle(
          draft, new RemoveCollaborator(ANA, Instant.now(), eve), CommandOptions.none());
      assertEquals("closed 4501", received.poll(5, TimeUnit.SECONDS));
      jetty.stop();
    }
  }

  private String json(DraftId draft, long revision) {
    RecordedEvent event = store.readAfter(draft, revision - 1, 1).getFirst();
    return EventJson.of(event);
  }

  private static Server jetty(RoomHub rooms) throws Exception {
    Server jetty = new Server();
    ServerConnector connector = new ServerConnector(jetty);
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    JakartaWebSocketServletContainerInitializer.configure(
        context,
        (servlets, container) ->
            container.addEndpoint(
                ServerEndpointConfig.Builder.create(DraftWatch.class, "/watch/{draft_id}")
                    .configurator(new Watches(rooms))
                    .build()));
    jetty.setHandler(context);
    jetty.start();
    return jetty;
  }
}
