package dev.ringdraft.rest.request;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.ringdraft.member.UserId;
import dev.ringdraft.rest.config.RateSettings;
import dev.ringdraft.rest.problem.Problem;
import dev.ringdraft.rest.problem.ProblemCode;
import dev.ringdraft.rest.problem.ProblemException;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many requests each caller may still send: a token bucket for every user, and for every
 * address of those who did not show who they are. A bucket is forgotten when it has been full again
 * for long enough, and the oldest are when there are too many. Safe for use by many threads.
 */
public final class RequestRates {
  private static final int MOST_BUCKETS = 100_000;

  private final RateSettings settings;
  private final LoadingCache<RequestPrincipal, Bucket> buckets;

  private sealed interface RequestPrincipal {}

  private record User(UserId user) implements RequestPrincipal {}

  private record Address(String address) implements RequestPrincipal {}

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  public RequestRates(RateSettings settings, LongSupplier nanoTime) {
    this.settings = settings;
    Ticker ticker = nanoTime::getAsLong;
    Duration refill = Duration.ofSeconds(1L + settings.burst() / settings.perSecond());
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_BUCKETS)
            .expireAfterAccess(refill)
            .ticker(ticker)
            .build(unused -> bucket(nanoTime));
  }

  private Bucket bucket(LongSupplier nanoTime) {
    return Bucket.builder()
        .addLimit(
            limit ->
                limit
                    .capacity(settings.burst())
                    .refillGreedy(settings.perSecond(), Duration.ofSeconds(1)))
        .withCustomTimePrecision(new Nanos(nanoTime))
        .build();
  }

  /**
   * Counts a request of a user.
   *
   * @throws ProblemException when it is one too many
   */
  void count(UserId user) {
    count(new User(user));
  }

  /**
   * Counts a request of somebody unknown.
   *
   * @throws ProblemException when it is one too many from this address
   */
  void count(String address) {
    count(new Address(address));
  }

  private void count(RequestPrincipal caller) {
    ConsumptionProbe probe = buckets.get(caller).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw new ProblemException(
          Problem.of(
                  ProblemCode.RATE_LIMITED,
                  "more than %d requests a second (expected: 0..%d, and %d at once after a rest)"
                      .formatted(settings.perSecond(), settings.perSecond(), settings.burst()))
              .with("limit", settings.perSecond())
              .retryAfter(Duration.ofNanos(probe.getNanosToWaitForRefill())));
    }
  }

  /** The clock that buckets go by. */
  private record Nanos(LongSupplier nanoTime) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanoTime.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
