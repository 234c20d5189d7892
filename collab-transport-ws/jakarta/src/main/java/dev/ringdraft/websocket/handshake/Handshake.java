package dev.ringdraft.websocket.handshake;

import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.access.AuditEvent.Cause;
import dev.ringdraft.access.AuditEvent.Kind;
import dev.ringdraft.access.AuditEvent.Source;
import dev.ringdraft.access.AuditLog;
import dev.ringdraft.access.Authentication;
import dev.ringdraft.access.Authentication.Authenticated;
import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Authentication.Undecided;
import dev.ringdraft.access.Authenticator;
import dev.ringdraft.access.Credentials.BearerToken;
import dev.ringdraft.access.CredentialsParser;
import dev.ringdraft.access.CredentialsParser.Sent;
import dev.ringdraft.access.Problem;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.UserId;
import dev.ringdraft.room.ResumePoint;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.room.Subscription;
import dev.ringdraft.room.SubscriptionOptions;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges upgrade requests: rate and syntax first, then origin, credentials, membership, and the
 * connection limits. Blocks while a key is fetched or the store is read.
 */
public final class Handshake {
  private static final System.Logger LOG = System.getLogger(Handshake.class.getName());

  /** What the path of every request begins with; the id of a draft follows. */
  public static final String DRAFTS = "/v1/ws/drafts/";

  /** The one subprotocol that is spoken here. */
  public static final String SUBPROTOCOL = "collab.v1";

  private static final String BEARER = "bearer.";
  private static final String USER = "user.";

  /** Digits that surely fit; a longer revision is ahead of any head. */
  private static final int LONGEST_REVISION = 18;

  private final Authenticator authenticator;
  private final RoomHub hub;
  private final HandshakeLimiter limiter;
  private final Set<String> origins;

  public Handshake(
      Authenticator authenticator, RoomHub hub, HandshakeLimiter limiter, Set<String> origins) {
    this.authenticator = authenticator;
    this.hub = hub;
    this.limiter = limiter;
    this.origins = origins;
  }

  /** What becomes of a request. */
  public sealed interface Verdict {
    record Granted(GrantedHandshake caller) implements Verdict {}

    /**
     * It fails.
     *
     * @param user who is denied; null when that is not known
     */
    record Denied(Problem problem, @Nullable UserId user) implements Verdict {
      private static final String CONNECT = "GET /v1/ws/drafts/{draft_id}";

      Denied(Problem problem) {
        this(problem, null);
      }

      /** Takes note of it, unless the server itself failed. */
      public void record(AuditLog log, HandshakeRequest request) {
        if (problem.status() < 500) {
          log.record(
              new AuditEvent(
                  problem.status() == 429 ? Kind.LIMITED : Kind.REFUSED,
                  Cause.of(problem),
                  CONNECT,
                  new Source(user, draft(request), request.peer().name(), request.id())));
        }
      }

      private static @Nullable DraftId draft(HandshakeRequest request) {
        try {
          return draftOf(request);
        } catch (IllegalArgumentException noDraftHasSuchAnId) {
          return null;
        }
      }
    }
  }

  /** Judges a request of which nothing is known but its form as HTTP. */
  public Verdict judge(HandshakeRequest request) {
    return judge(request, Handshake::faultOfUpgrade);
  }

  /** Judges a request that a container has already found to be an upgrade to WebSocket. */
  public Verdict judgeUpgrade(HandshakeRequest request) {
    return judge(request, upgrade -> null);
  }

  private Verdict judge(
      HandshakeRequest request, Function<HandshakeRequest, @Nullable Problem> form) {
    try {
      Problem fault = limiter.tryStart(request.peer().address());
      if (fault == null) {
        fault = form.apply(request);
      }
      if (fault == null) {
        fault = faultOfOffer(request);
      }
      return fault == null ? judgeCaller(request) : new Verdict.Denied(fault);
    } catch (StoreUnavailableException unavailable) {
      LOG.log(Level.DEBUG, "request {0}: {1}", request.id(), unavailable.getMessage());
      return new Verdict.Denied(HandshakeProblems.storeUnavailable());
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "request " + request.id() + " failed", fault);
      return new Verdict.Denied(HandshakeProblems.fault());
    }
  }

  private static @Nullable Problem faultOfUpgrade(HandshakeRequest request) {
    if (!request.line().method().equals("GET")) {
      return HandshakeProblems.methodNotAllowed();
    }
    if (!request.line().isHttp11()
        || !request.lists("upgrade", "websocket")
        || !request.lists("connection", "upgrade")
        || !request.single("sec-websocket-version").orElse("").equals("13")) {
      return HandshakeProblems.upgradeRequired();
    }
    if (!request.single("sec-websocket-key").map(Handshake::isNonce).orElse(false)) {
      return HandshakeProblems.malformed("Sec-WebSocket-Key: not 16 bytes in base64");
    }
    return null;
  }

  private @Nullable Problem faultOfOffer(HandshakeRequest request) {
    if (!request.values("sec-websocket-protocol").isEmpty()
        && !request.listed("sec-websocket-protocol").contains(SUBPROTOCOL)) {
      return HandshakeProblems.malformed("Sec-WebSocket-Protocol: none is " + SUBPROTOCOL);
    }
    return isAllowedOrigin(request) ? null : HandshakeProblems.originNotAllowed();
  }

  private static boolean isNonce(String key) {
    try {
      return Base64.getDecoder().decode(key).length == 16;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  /** A request without an origin comes from no page. */
  private boolean isAllowedOrigin(HandshakeRequest request) {
    List<String> origin = request.values("origin");
    if (origin.isEmpty()) {
      return true;
    }
    return origin.size() == 1
        && (origins.contains(origin.getFirst()) || isOwnOrigin(origin.getFirst(), request));
  }

  /**
   * Where the caller is known to have asked by TLS, its page came by https. Else the scheme is not
   * known: a proxy may speak TLS and not say so.
   */
  private static boolean isOwnOrigin(String origin, HandshakeRequest request) {
    try {
      URI uri = new URI(origin);
      return ("https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && !request.peer().overTls()))
          && uri.getRawAuthority() != null
          && request
              .single("host")
              .map(host -> withoutDefaultPort(host, uri.getScheme()))
              .orElse("")
              .equals(withoutDefaultPort(uri.getRawAuthority(), uri.getScheme()));
    } catch (URISyntaxException noOrigin) {
      return false;
    }
  }

  private static String withoutDefaultPort(String authority, String scheme) {
    String port = scheme.equals("https") ? ":443" : ":80";
    String lower = authority.toLowerCase(Locale.ROOT);
    return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
  }

  private Verdict judgeCaller(HandshakeRequest request) {
    SubscriptionOptions options;
    Sent credentials;
    try {
      boolean presence = flag("presence", request.parameter("presence"));
      options =
          new SubscriptionOptions(
              resumePoint(request.parameter("after"), request.parameter("epoch")),
              flag("echo", request.parameter("echo")),
              presence,
              true);
      credentials = credentials(request);
    } catch (IllegalArgumentException malformed) {
      return new Verdict.Denied(
          HandshakeProblems.malformed(String.valueOf(malformed.getMessage())));
    }
    return switch (CredentialsParser.authenticate(credentials, authenticator)) {
      case Refused refused -> new Verdict.Denied(HandshakeProblems.unauthenticated(refused));
      case Undecided undecided ->
          new Verdict.Denied(HandshakeProblems.undecided(undecided.detail()));
      case Authenticated caller -> judgeMember(request, caller, options);
    };
  }

  private Verdict judgeMember(
      HandshakeRequest request, Authenticated authenticated, SubscriptionOptions options) {
    DraftId draft;
    try {
      draft = draftOf(request);
    } catch (IllegalArgumentException noDraftHasSuchAnId) {
      return new Verdict.Denied(HandshakeProblems.notFound(), authenticated.user());
    }
    ResumePoint after = options.after();
    Optional<Subscription> admission =
        hub.admit(draft, authenticated.user(), after == null ? 0 : after.revision());
    if (admission.isEmpty()) {
      return new Verdict.Denied(HandshakeProblems.notFound(), authenticated.user());
    }
    // The permit is acquired last, so that nobody fills a draft that they may not see.
    return switch (limiter.acquire(draft, authenticated.user())) {
      case ConnectionLimiter.LimitReached full -> {
        admission.get().release();
        yield new Verdict.Denied(HandshakeProblems.tooManyConnections(full), authenticated.user());
      }
      case ConnectionLimiter.Permit permit ->
          new Verdict.Granted(
              new GrantedHandshake(
                  draft,
                  authenticated.user(),
                  authenticated.expiresAt(),
                  admission.get(),
                  permit,
                  options));
    };
  }

  private static DraftId draftOf(HandshakeRequest request) {
    return new DraftId(request.line().path().substring(DRAFTS.length()));
  }

  private static @Nullable ResumePoint resumePoint(@Nullable String after, @Nullable String epoch) {
    return after == null ? null : new ResumePoint(revision(after), epoch);
  }

  private static long revision(String text) {
    if (!text.matches("[0-9]+")) {
      throw new IllegalArgumentException("after: not a revision (expected: 0 or more)");
    }
    return text.length() > LONGEST_REVISION ? Long.MAX_VALUE : Long.parseLong(text);
  }

  private static boolean flag(String name, @Nullable String text) {
    if (text == null || text.equals("true")) {
      return true;
    }
    if (text.equals("false")) {
      return false;
    }
    throw new IllegalArgumentException(name + ": neither true nor false");
  }

  private static Sent credentials(HandshakeRequest request) {
    List<String> offered = request.listed("sec-websocket-protocol");
    return new Sent(
        request.values("authorization"),
        request.values("x-user-id"),
        after(BEARER, offered).orElse(null),
        after(USER, offered).map(HandshakeRequest::percentDecoded).orElse(null));
  }

  private static Optional<String> after(String prefix, List<String> offered) {
    return offered.stream()
        .filter(entry -> entry.startsWith(prefix))
        .map(entry -> entry.substring(prefix.length()))
        .findFirst();
  }

  /** Whether nobody is let in any more. */
  public boolean isDraining() {
    return limiter.isDraining();
  }

  /** Judges a token that is to take the place of one that ends. */
  public Authentication renew(String token) {
    return authenticator.authenticate(new BearerToken(token));
  }
}
