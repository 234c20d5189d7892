package dev.ringdraft.access;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Limits how often each user, draft or network address may do something: a token bucket each, kept
 * as the instant at which it is full again (the generic cell rate algorithm, ITU-T I.371).
 *
 * <p>The buckets are a table of fixed size, 512 KiB, so no number of callers takes memory or evicts
 * another's bucket. Callers whose hashes collide share a bucket; the hash is salted, so nobody can
 * choose whom they collide with. Of an IPv6 address the first 64 bits count, since a subscriber has
 * at least as many addresses.
 *
 * <p>Safe for use by many threads; never blocks.
 */
public final class RateLimiter {
  private static final int BUCKETS = 1 << 16;
  private static final int SUBSCRIBER_BYTES = 8;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int perSecond;
  private final int burst;
  private final long nanosEach;
  private final long nanosFull;
  private final LongSupplier nanoClock;
  private final long began;
  private final int salt = ThreadLocalRandom.current().nextInt();

  /** When each bucket is full again, in nanoseconds since the start. */
  private final AtomicLongArray fullAt = new AtomicLongArray(BUCKETS);

  /**
   * @param perSecond how many are allowed in the long run, 1 or more
   * @param burst how many are allowed at once after a pause, 1 or more
   * @param nanoClock as {@link System#nanoTime}
   */
  public RateLimiter(int perSecond, int burst, LongSupplier nanoClock) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanosEach = SECOND / perSecond;
    this.nanosFull = nanosEach * burst;
    this.nanoClock = nanoClock;
    this.began = nanoClock.getAsLong();
  }

  /** How many are allowed in a second. */
  public int perSecond() {
    return perSecond;
  }

  /** How many are allowed at once after a pause. */
  public int burst() {
    return burst;
  }

  /**
   * Counts some for a draft.
   *
   * @param permits 1 to the burst
   * @return zero when they are allowed, else how long to wait; what is refused is not counted
   */
  Duration count(DraftId draft, int permits) {
    return count(hash(draft.value(), 2), permits);
  }

  /**
   * Counts one for a user.
   *
   * @return zero when it is allowed, else how long to wait; what is refused is not counted
   */
  public Duration count(UserId user) {
    return count(hash(user.value(), 1), 1);
  }

  /** Users and drafts of the same name are different callers. */
  private int hash(String name, int kind) {
    int hash = salt + kind;
    for (int i = 0; i < name.length(); i++) {
      hash = mix(hash, name.charAt(i));
    }
    return hash;
  }

  /**
   * Counts one for a network address.
   *
   * @return zero when it is allowed, else how long to wait; what is refused is not counted
   */
  public Duration count(InetAddress from) {
    byte[] address = from.getAddress();
    int hash = salt;
    for (byte part : Arrays.copyOf(address, Math.min(address.length, SUBSCRIBER_BYTES))) {
      hash = mix(hash, part);
    }
    return count(hash, 1);
  }

  private static int mix(int hash, int part) {
    int mixed = (hash ^ part) * 0x9E3779B1;
    return mixed ^ mixed >>> 15;
  }

  private Duration count(int hash, int permits) {
    int bucket = hash & (BUCKETS - 1);
    long now = nanoClock.getAsLong() - began;
    while (true) {
      long full = fullAt.get(bucket);
      long next = Math.max(full, now) + permits * nanosEach;
      if (next - now > nanosFull) {
        return Duration.ofNanos(next - now - nanosFull);
      }
      if (fullAt.compareAndSet(bucket, full, next)) {
        return Duration.ZERO;
      }
    }
  }
}
