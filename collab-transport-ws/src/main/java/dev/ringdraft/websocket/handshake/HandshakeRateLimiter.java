package dev.ringdraft.websocket.handshake;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How fast each network address may begin handshakes: a token bucket that holds what a second
 * fills, kept as the instant at which it will be full again (the generic cell rate algorithm, ITU-T
 * I.371).
 *
 * <p>The buckets are a table of fixed size, 512 KiB, so that no number of addresses takes memory or
 * pushes another's bucket out. Addresses whose hashes meet share a bucket; the hash is salted, so
 * that nobody can arrange to meet somebody. Of an IPv6 address the first 64 bits count, which is
 * what one subscriber has at the least.
 *
 * <p>Safe for use by many threads.
 */
final class HandshakeRateLimiter {
  private static final int BUCKETS = 1 << 16;
  private static final int SUBSCRIBER_BYTES = 8;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long nanosEach;
  private final LongSupplier nanoClock;
  private final long began;
  private final int salt = ThreadLocalRandom.current().nextInt();

  /** When each bucket will be full again, in nanoseconds since this began. */
  private final AtomicLongArray fullAt = new AtomicLongArray(BUCKETS);

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  HandshakeRateLimiter(int perSecond, LongSupplier nanoClock) {
    this.nanosEach = SECOND / perSecond;
    this.nanoClock = nanoClock;
    this.began = nanoClock.getAsLong();
  }

  /**
   * Begins a handshake.
   *
   * @return how long the address has to wait first; zero when the handshake may go on
   */
  Duration begin(InetAddress from) {
    int bucket = bucket(from);
    long now = nanoClock.getAsLong() - began;
    while (true) {
      long full = fullAt.get(bucket);
      long next = Math.max(full, now) + nanosEach;
      if (next - now > SECOND) {
        return Duration.ofNanos(next - now - SECOND);
      }
      if (fullAt.compareAndSet(bucket, full, next)) {
        return Duration.ZERO;
      }
    }
  }

  private int bucket(InetAddress from) {
    byte[] address = from.getAddress();
    byte[] subscriber = Arrays.copyOf(address, Math.min(address.length, SUBSCRIBER_BYTES));
    int hash = salt;
    for (byte part : subscriber) {
      hash = (hash ^ part) * 0x9E3779B1;
      hash ^= hash >>> 15;
    }
    return hash & (BUCKETS - 1);
  }
}
