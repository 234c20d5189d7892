package dev.ringdraft.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.member.UserId;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RateLimiterTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final RateLimiter limiter = new RateLimiter(10, 10, nanos::get);

  private static InetAddress address(int... parts) throws Exception {
    byte[] bytes = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = (byte) parts[i];
    }
    return InetAddress.getByAddress(bytes);
  }

  private int allowed(InetAddress from, int tried) {
    int allowed = 0;
    for (int i = 0; i < tried; i++) {
      allowed += limiter.count(from).isZero() ? 1 : 0;
    }
    return allowed;
  }

  @Test
  void a_burst_is_allowed_at_once_and_then_one_by_one() throws Exception {
    InetAddress from = address(10, 0, 0, 1);
    assertEquals(10, allowed(from, 20));
    assertEquals(Duration.ofMillis(100), limiter.count(from));
    nanos.addAndGet(Duration.ofMillis(100).toNanos());
    assertEquals(1, allowed(from, 5));
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertEquals(10, allowed(from, 20));
  }

  @Test
  void a_refusal_does_not_lengthen_the_wait() throws Exception {
    InetAddress from = address(10, 0, 0, 1);
    allowed(from, 1_000);
    assertEquals(Duration.ofMillis(100), limiter.count(from));
  }

  @Test
  void one_address_does_not_limit_others() throws Exception {
    allowed(address(10, 0, 0, 1), 100);
    int free = 0;
    for (int i = 2; i < 202; i++) {
      free += limiter.count(address(10, 0, 0, i)).isZero() ? 1 : 0;
    }
    assertTrue(free >= 199, free + " of 200");
  }

  @Test
  void the_addresses_of_one_ipv6_subscriber_count_as_one() throws Exception {
    int[] first = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1};
    int[] second = first.clone();
    second[15] = 2;
    allowed(address(first), 10);
    assertFalse(limiter.count(address(second)).isZero());
  }

  @Test
  void the_burst_may_be_larger_than_the_rate() {
    RateLimiter burst = new RateLimiter(2, 4, nanos::get);
    UserId ana = new UserId("ana");

    assertEquals(4, allowed(burst, ana, 10));
    assertEquals(Duration.ofMillis(500), burst.count(ana));
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertEquals(2, allowed(burst, ana, 10));
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertEquals(4, allowed(burst, ana, 10));
  }

  @Test
  void a_user_does_not_limit_other_users() {
    RateLimiter each = new RateLimiter(1, 1, nanos::get);
    each.count(new UserId("ana"));

    int free = 0;
    for (int i = 0; i < 200; i++) {
      free += each.count(new UserId("user-" + i)).isZero() ? 1 : 0;
    }
    assertTrue(free >= 195, free + " of 200");
  }

  private static int allowed(RateLimiter limiter, UserId user, int tried) {
    int allowed = 0;
    for (int i = 0; i < tried; i++) {
      allowed += limiter.count(user).isZero() ? 1 : 0;
    }
    return allowed;
  }
}
