package dev.ringdraft.websocket.socket;

import dev.ringdraft.access.Authentication;
import dev.ringdraft.access.Authentication.Authenticated;
import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Authentication.Undecided;
import dev.ringdraft.room.CloseCode;
import dev.ringdraft.room.Subscriber;
import dev.ringdraft.websocket.config.WebSocketSettings;
import dev.ringdraft.websocket.handshake.GrantedHandshake;
import dev.ringdraft.wire.ClientMessage;
import dev.ringdraft.wire.ServerFrame;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One open WebSocket of one user on one draft: greets, answers, keeps alive, and ends with the
 * user's token. The transport calls {@link #open} once, then {@link #heard} and {@link #received}
 * on the thread that reads, and {@link #ended} when the connection is gone.
 */
public final class DraftSocket {
  private static final System.Logger LOG = System.getLogger(DraftSocket.class.getName());
  private static final int MALFORMED_ALLOWED = 2;

  /** Events are sent after this time to a client that sends nothing, not even a pong. */
  static final Duration FIRST_FRAME_WITHIN = Duration.ofSeconds(1);

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final GrantedHandshake caller;
  private final SocketContext context;
  private final ClientConnection connection;
  private final Subscriber viewer;
  private final Function<String, Authentication> renewal;
  private final SocketAudit incidents;
  private final WebSocketSettings settings;
  private final InstantSource clock;
  private final InstantSource tokenClock;
  private final LongSupplier nanoClock;
  private final FixedWindowLimiter malformed;

  /** Done when all that the client said is answered; touched by the thread that reads. */
  private CompletableFuture<Boolean> answered = CompletableFuture.completedFuture(true);

  /** Whether events wait for the client's first frame. */
  private final AtomicBoolean awaitsFirstFrame = new AtomicBoolean();

  private volatile long lastHeard;
  private volatile long nextPing;
  private volatile @Nullable Instant expiresAt;
  private volatile @Nullable Instant remindAt;

  DraftSocket(
      GrantedHandshake caller,
      ClientConnection connection,
      SocketAudit incidents,
      SocketContext context) {
    this.caller = caller;
    this.context = context;
    this.connection = connection;
    this.incidents = incidents;
    this.renewal = context.renewal();
    this.settings = context.settings();
    this.clock = context.clock();
    this.tokenClock = context.tokenClock();
    this.nanoClock = context.nanoClock();
    this.malformed = new FixedWindowLimiter(MALFORMED_ALLOWED, MINUTE, nanoClock);
    this.lastHeard = nanoClock.getAsLong();
    // Those who connect at once are not all pinged at once.
    this.nextPing =
        lastHeard + ThreadLocalRandom.current().nextLong(settings.pingEvery().toNanos());
    believeUntil(caller.expiresAt());
    // What fails before this leaves the admission to be given back.
    this.viewer = caller.admission().subscribe(connection, caller.options());
  }

  /**
   * Greets the client, and pings it in the same write. Events follow after its first frame, so that
   * none arrives while the client still takes its connection over from HTTP: some clients lose
   * their place in the stream then, among them that of the JDK.
   */
  public void open() {
    List<String> greeting = new ArrayList<>(2);
    greeting.add(
        new ServerFrame.Connected(
                caller.draft(),
                caller.user(),
                incidents.connection(),
                clock.instant(),
                viewer.admittedAt(),
                viewer.startPosition().resumed(),
                settings.pingEvery())
            .json());
    if (viewer.startPosition().snapshotRequired()) {
      greeting.add(new ServerFrame.SnapshotRequired().json());
    }
    awaitsFirstFrame.set(true);
    connection.greet(greeting);
    context.afterwards(FIRST_FRAME_WITHIN, this::beginUnheard);
  }

  /** The client had its time, and sent nothing. */
  private void beginUnheard() {
    if (awaitsFirstFrame.compareAndSet(true, false)) {
      connection.workers().execute(this::begin);
    }
  }

  /** Begins to send the client events. May wait. */
  private void begin() {
    try {
      viewer.start();
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, this + " could not be opened", fault);
      connection.close(CloseCode.DRAINING);
    }
  }

  /** Something came from the client. */
  public void heard() {
    lastHeard = nanoClock.getAsLong();
    if (awaitsFirstFrame.get() && awaitsFirstFrame.compareAndSet(true, false)) {
      inTurn(this::begin);
    }
  }

  /**
   * A whole text message came from the client. A token may have to wait for its key, and what comes
   * behind it waits with it, so that the client is answered in order.
   */
  public void received(String text) {
    ClientMessage message = ClientMessage.read(text);
    if (message instanceof ClientMessage.Auth || !answered.isDone()) {
      inTurn(() -> answer(message));
    } else {
      answer(message);
    }
  }

  private void inTurn(Runnable step) {
    answered = answered.thenApplyAsync(before -> isDone(step), connection.workers());
  }

  private boolean isDone(Runnable step) {
    try {
      step.run();
      return true;
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, this + " could not be answered", fault);
      return false;
    }
  }

  private void answer(ClientMessage message) {
    switch (message) {
      case ClientMessage.Ping ping -> say(new ServerFrame.Pong(clock.instant(), viewer.head()));
      case ClientMessage.Auth auth -> renew(auth.token());
      case ClientMessage.Presence presence -> viewer.setActivity(presence.activity());
      case ClientMessage.Unknown unknown ->
          say(new ServerFrame.Failure("unknown_message", unknown.detail()));
      case ClientMessage.Malformed bad -> {
        if (malformed.allows()) {
          say(new ServerFrame.Failure("malformed_json", "expected: a JSON object"));
        } else {
          connection.close(CloseCode.POLICY);
        }
      }
    }
  }

  private void renew(String token) {
    switch (renewal.apply(token)) {
      case Refused refused -> refuseRenewal(refused);
      case Undecided undecided -> say(new ServerFrame.Failure("unavailable", undecided.detail()));
      case Authenticated renewed -> {
        if (renewed.user().equals(caller.user())) {
          believeUntil(renewed.expiresAt());
        } else {
          refuseRenewal(new Refused("the token is another user's"));
        }
      }
    }
  }

  private void refuseRenewal(Refused refused) {
    incidents.renewalRefused(refused.reason());
    say(new ServerFrame.Failure("unauthenticated", refused.detail()));
  }

  private void believeUntil(@Nullable Instant end) {
    expiresAt = end;
    if (end != null) {
      Duration left = Duration.between(tokenClock.instant(), end);
      Duration half = left.dividedBy(2);
      remindAt =
          end.minus(half.compareTo(settings.expiryNotice()) < 0 ? half : settings.expiryNotice());
    } else {
      remindAt = null;
    }
  }

  /** Does what is due: a reminder, a ping, or the end. Called about once a second. */
  void tick() {
    long now = nanoClock.getAsLong();
    Instant instant = tokenClock.instant();
    Instant end = expiresAt;
    Instant reminder = remindAt;
    if (end != null && instant.isAfter(end.plus(settings.tokenLeeway()))) {
      connection.close(CloseCode.TOKEN_ENDED);
    } else if (now - lastHeard > settings.silentAfter().toNanos()) {
      connection.close(CloseCode.SILENT);
    } else {
      if (end != null && reminder != null && !instant.isBefore(reminder)) {
        remindAt = null;
        say(new ServerFrame.AuthExpiring(Duration.between(instant, end)));
      }
      if (now - nextPing >= 0) {
        nextPing = now + settings.pingEvery().toNanos();
        connection.ping();
      }
    }
  }

  /** The server is going away, and will end the socket after a while. */
  void announceEnd(Duration left) {
    say(new ServerFrame.Draining(left));
  }

  /** That while is over. */
  public void drain() {
    connection.close(CloseCode.DRAINING);
    ended();
  }

  /** The connection is gone, or going. */
  public void ended() {
    viewer.end();
  }

  private void say(ServerFrame frame) {
    connection.say(frame.json());
  }

  /** As the log names it. */
  @Override
  public String toString() {
    return "connection " + incidents.connection();
  }
}
