package dev.ringdraft.websocket;

import dev.ringdraft.access.AccessServices;
import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.access.Authentication;
import dev.ringdraft.access.Authentication.Authenticated;
import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Authentication.Undecided;
import dev.ringdraft.access.Authenticator;
import dev.ringdraft.access.ClientAddress;
import dev.ringdraft.access.Credentials;
import dev.ringdraft.access.Credentials.BearerToken;
import dev.ringdraft.access.Credentials.DevelopmentUser;
import dev.ringdraft.access.CredentialsFault;
import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.room.RoomSettings;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.websocket.config.ConnectionLimits;
import dev.ringdraft.websocket.config.WebSocketSettings;
import dev.ringdraft.websocket.handshake.ConnectionLimiter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server of the transport under test, over a store in memory: whatever it is that listens. Public
 * for the containers, which have a package of their own.
 */
public abstract class SocketServer implements AutoCloseable {
  static final UserId ANA = new UserId("ana");
  static final UserId BEN = new UserId("ben");
  static final UserId ZED = new UserId("zed");

  final InMemoryDraftEventStore store = new InMemoryDraftEventStore();
  final RoomHub hub;
  final DraftCommands commands;
  final Queue<AuditEvent> incidents = new ConcurrentLinkedQueue<>();
  protected final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final IdSource ids = IdSource.random();
  private final AccessServices access;

  protected SocketServer(RoomSettings rooms, Surroundings surroundings) {
    hub =
        RoomHub.builder(surroundings.around(store))
            // Closed at once, so that a test sees that nothing is left.
            .settings(rooms.toBuilder().idleTimeout(Duration.ZERO).build())
            .executor(executor)
            .start();
    commands = new DraftCommands(store, hub, DraftLimits.defaults(), ids);
    access =
        new AccessServices(
            surroundings.around(SocketServer::believe),
            surroundings.addresses(),
            incidents::add,
            surroundings.clock());
  }

  /** Starts servers of one transport. */
  @FunctionalInterface
  public interface Factory {
    SocketServer start(WebSocketSettings settings, RoomSettings rooms, Surroundings surroundings)
        throws Exception;

    /** The usual surroundings. */
    default SocketServer start(WebSocketSettings settings, RoomSettings rooms) throws Exception {
      return start(settings, rooms, new Surroundings());
    }

    /** The usual settings. */
    default SocketServer start() throws Exception {
      return start(roomy(), RoomSettings.defaults());
    }
  }

  protected RoomHub hub() {
    return hub;
  }

  protected AccessServices access() {
    return access;
  }

  /** Where it listens, on the loopback address. */
  protected abstract int port();

  protected abstract int openSockets();

  protected abstract ConnectionLimiter.Count connections();

  protected abstract boolean drain(Duration within) throws InterruptedException;

  /** Ends the listener, and the transport. */
  protected abstract void stop() throws Exception;

  /** The usual settings, but with room for tests that are many users of one name and address. */
  static WebSocketSettings roomy() {
    return WebSocketSettings.defaults().toBuilder()
        .limits(new ConnectionLimits(20_000, 10_000, 10_000, 100_000))
        .build();
  }

  /** What the transport works with besides the network; a test may make it fail. */
  public static class Surroundings {
    public ClientAddress addresses() {
      return ClientAddress.direct();
    }

    public DraftEventStore around(DraftEventStore store) {
      return store;
    }

    public Authenticator around(Authenticator authenticator) {
      return authenticator;
    }

    public int httpIdleSeconds() {
      return 30;
    }

    public InstantSource clock() {
      return Clock.systemUTC();
    }
  }

  /**
   * Believes names, and tokens that are {@code name} or {@code name@milliseconds from now}; for
   * {@code early} there is no key yet.
   */
  private static Authentication believe(Credentials credentials) {
    return switch (credentials) {
      case Credentials.None none -> new Refused("nothing shown");
      case DevelopmentUser user -> new Authenticated(new UserId(user.name()), null);
      case BearerToken token -> {
        String[] parts = token.token().split("@", -1);
        if (parts[0].isEmpty() || parts[0].equals("bad")) {
          yield new Refused(CredentialsFault.SIGNATURE, "a bad token", "a bad token; see a key");
        }
        if (parts[0].equals("early")) {
          yield new Undecided("no key yet");
        }
        yield new Authenticated(
            new UserId(parts[0]),
            parts.length > 1 ? Instant.now().plusMillis(Long.parseLong(parts[1])) : null);
      }
    };
  }

  /** A new draft of Ana's, with Ben as a contributor: revision 2. */
  DraftId draft() {
    CreateDraft create = new CreateDraft(ANA, Instant.now(), NewDraft.titled("Tale"));
    DraftId draft = ((Committed) commands.create(create, CommandOptions.none())).draft();
    handle(draft, new AddCollaborator(ANA, Instant.now(), BEN, Role.CONTRIBUTOR));
    return draft;
  }

  void append(DraftId draft, String text) {
    handle(
        draft,
        new AppendSegment(
            ANA, Instant.now(), new NewSegment(new SegmentId(ids.next()), text), null));
  }

  void handle(DraftId draft, DraftCommand command) {
    if (!(commands.handle(draft, command, CommandOptions.none()) instanceof Committed)) {
      throw new AssertionError("refused: " + command);
    }
  }

  @Override
  public final void close() {
    hub.close();
    try {
      stop();
    } catch (Exception fault) {
      throw new AssertionError(fault);
    }
    executor.shutdownNow();
  }
}
