package dev.ringdraft.app.auth;

import dev.ringdraft.outage.OutageLog;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a provider publishes (RFC 7517), kept here.
 *
 * <p>A known key is answered at once, also while the provider is down. An unknown one, or one that
 * a signature does not fit, makes the set be fetched again, at most once in {@link #PAUSE} for all
 * callers; those who ask meanwhile wait for the same answer, for {@link #PATIENCE} after the fetch
 * began and no longer. While the provider is down that is {@link #PATIENCE_WHILE_DOWN}. A set older
 * than {@link #FRESH}, or of a provider that is down, is replaced in the background, so that a key
 * which the provider has withdrawn goes and one that it has added comes. The first fetch begins
 * with the constructor and is waited for by nobody but a token that needs it.
 *
 * <p>Keys of other kinds, for encryption or too weak are left out. A set without a usable key, or
 * one that can't be read, changes nothing.
 */
final class JwksKeys implements VerificationKeys, AutoCloseable {
  /** Least time between the beginnings of two fetches. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  /** Longest wait for a fetch, from its beginning on. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  /** The same after a fetch that has failed. */
  static final Duration PATIENCE_WHILE_DOWN = Duration.ofMillis(250);

  /** How old a set may become before it is replaced. */
  static final Duration FRESH = Duration.ofMinutes(10);

  private static final Logger LOG = System.getLogger(JwksKeys.class.getName());
  private static final Found UNKNOWN = new Found.Unknown("no key of the provider fits the token");
  private static final Found UNAVAILABLE =
      new Found.Unavailable("the provider's keys can't be fetched at the moment, try again later");

  /** Reads the set's JSON from wherever it is. */
  interface Source extends AutoCloseable {
    CompletableFuture<String> read();

    @Override
    void close();
  }

  private final Source source;
  private final LongSupplier nanoTime;
  private final KeyFetchMetrics metrics;
  private final OutageLog outage;
  private final ReentrantLock starting = new ReentrantLock();
  private volatile Map<String, VerificationKey> keys = Map.of();
  private volatile @Nullable VerificationKey only;

  /** Whether there was ever a set. */
  private volatile boolean adopted;

  private volatile CompletableFuture<?> fetching;
  private volatile long begunAt;

  /** Whether the last fetch that ended has failed. */
  private volatile boolean down;

  JwksKeys(Source source, LongSupplier nanoTime, KeyFetchMetrics metrics) {
    this.source = source;
    this.nanoTime = nanoTime;
    this.metrics = metrics;
    this.outage = new OutageLog(LOG, "the fetch of auth.jwt.jwks-url", nanoTime);
    this.begunAt = nanoTime.getAsLong();
    this.fetching = fetch();
  }

  static JwksKeys of(URI url, KeyFetchMetrics metrics) {
    return new JwksKeys(new JwksOverHttp(url), System::nanoTime, metrics);
  }

  @Override
  public Found find(@Nullable String keyId) {
    VerificationKey key = lookUp(keyId);
    if (key != null) {
      if (age() >= (down ? PAUSE : FRESH).toNanos()) {
        CompletableFuture<?> unused = refetch();
      }
      return new Found.Known(key);
    }
    awaitFetch();
    // Read before the keys: a set that comes between the two may hold the key.
    Found otherwise = adopted ? UNKNOWN : UNAVAILABLE;
    VerificationKey fetched = lookUp(keyId);
    return fetched == null ? otherwise : new Found.Known(fetched);
  }

  @Override
  public Optional<VerificationKey> replacement(@Nullable String keyId, VerificationKey failed) {
    if (failed.equals(lookUp(keyId))) {
      awaitFetch();
    }
    return Optional.ofNullable(lookUp(keyId)).filter(key -> !key.equals(failed));
  }

  private void awaitFetch() {
    await(refetch(), (down ? PATIENCE_WHILE_DOWN : PATIENCE).toNanos() - age());
  }

  /** A token without a key id can only mean the provider's only key. */
  private @Nullable VerificationKey lookUp(@Nullable String keyId) {
    return keyId == null ? only : keys.get(keyId);
  }

  private long age() {
    return nanoTime.getAsLong() - begunAt;
  }

  /** The fetch that is under way or was last, or a new one when the pause is over. */
  private CompletableFuture<?> refetch() {
    if (!fetching.isDone() || age() < PAUSE.toNanos()) {
      return fetching;
    }
    starting.lock();
    try {
      if (fetching.isDone() && age() >= PAUSE.toNanos()) {
        begunAt = nanoTime.getAsLong();
        fetching = fetch();
      }
      return fetching;
    } finally {
      starting.unlock();
    }
  }

  private static void await(CompletableFuture<?> fetch, long nanos) {
    try {
      fetch.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException logged) {
      return;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private CompletableFuture<?> fetch() {
    return source.read().handle(this::replace);
  }

  private @Nullable Void replace(@Nullable String json, @Nullable Throwable failure) {
    String fault =
        json == null ? (failure == null ? "no answer" : reasonOf(failure)) : faultOf(json);
    down = fault != null;
    if (fault != null) {
      metrics.failed();
      outage.failed("%s; keys kept: %d".formatted(fault, keys.size()));
    } else {
      metrics.fetched();
      outage.succeeded();
    }
    return null;
  }

  /** Adopts a set, or returns why not. */
  private @Nullable String faultOf(String json) {
    try {
      return adopt(json) ? null : "none is for signatures";
    } catch (JoseException | RuntimeException malformed) {
      return "not a key set";
    }
  }

  private boolean adopt(String json) throws JoseException {
    Map<String, VerificationKey> found = new HashMap<>();
    VerificationKey last = null;
    int count = 0;
    for (JsonWebKey each : new JsonWebKeySet(json).getJsonWebKeys()) {
      VerificationKey key = usable(each);
      if (key != null) {
        last = key;
        count++;
        if (each.getKeyId() != null) {
          found.putIfAbsent(each.getKeyId(), key);
        }
      }
    }
    if (count == 0) {
      return false;
    }
    if (!found.equals(keys)) {
      LOG.log(Level.INFO, "Keys of the provider fetched: {0}", count);
    }
    keys = Map.copyOf(found);
    only = count == 1 ? last : null;
    adopted = true;
    return true;
  }

  private static @Nullable VerificationKey usable(JsonWebKey each) {
    if (each.getUse() != null && !"sig".equals(each.getUse())) {
      return null;
    }
    VerificationKey key =
        each.getKey() == null ? null : VerificationKey.ofPublic(each.getKey()).orElse(null);
    boolean meant =
        key != null && (each.getAlgorithm() == null || key.algorithm().equals(each.getAlgorithm()));
    return meant ? key : null;
  }

  private static String reasonOf(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause instanceof IOException && cause.getMessage() != null
        ? cause.getMessage()
        : cause.getClass().getSimpleName();
  }

  @Override
  public void close() {
    source.close();
  }
}
