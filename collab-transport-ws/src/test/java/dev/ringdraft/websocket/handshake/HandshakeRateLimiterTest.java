package dev.ringdraft.websocket.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class HandshakeRateLimiterTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final HandshakeRateLimiter pace = new HandshakeRateLimiter(10, nanos::get);

  private static InetAddress address(int... parts) throws Exception {
    byte[] bytes = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = (byte) parts[i];
    }
    return InetAddress.getByAddress(bytes);
  }

  private int begunBy(InetAddress from, int tried) {
    int begun = 0;
    for (int i = 0; i < tried; i++) {
      begun += pace.begin(from).isZero() ? 1 : 0;
    }
    return begun;
  }

  @Test
  void a_second_of_handshakes_may_come_at_once_and_then_one_by_one() throws Exception {
    InetAddress from = address(10, 0, 0, 1);
    assertEquals(10, begunBy(from, 20));
    assertEquals(Duration.ofMillis(100), pace.begin(from));
    nanos.addAndGet(Duration.ofMillis(100).toNanos());
    assertEquals(1, begunBy(from, 5));
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertEquals(10, begunBy(from, 20));
  }

  @Test
  void what_is_refused_does_not_lengthen_the_wait() throws Exception {
    InetAddress from = address(10, 0, 0, 1);
    begunBy(from, 1_000);
    assertEquals(Duration.ofMillis(100), pace.begin(from));
  }

  @Test
  void one_address_does_not_hold_up_others() throws Exception {
    begunBy(address(10, 0, 0, 1), 100);
    int free = 0;
    for (int i = 2; i < 202; i++) {
      free += pace.begin(address(10, 0, 0, i)).isZero() ? 1 : 0;
    }
    assertTrue(free >= 199, free + " of 200");
  }

  @Test
  void the_addresses_of_one_ipv6_subscriber_count_as_one() throws Exception {
    int[] first = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1};
    int[] second = first.clone();
    second[15] = 2;
    begunBy(address(first), 10);
    assertFalse(pace.begin(address(second)).isZero());
  }
}
