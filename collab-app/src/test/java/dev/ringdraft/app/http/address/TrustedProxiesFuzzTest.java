package dev.ringdraft.app.http.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Whatever a request says of whom it is forwarded for. */
@Tag("long")
class TrustedProxiesFuzzTest {
  private static final TrustedProxies PROXIES = TrustedProxies.of(List.of("10.0.0.0/8", "::1"));
  private static final InetAddress PROXY = AddressRange.address("10.1.2.3").orElseThrow();
  private static final InetAddress STRANGER = AddressRange.address("192.0.2.1").orElseThrow();

  @FuzzTest
  void what_a_proxy_says_leads_to_an_address(byte[] header) {
    List<String> said = List.of(new String(header, StandardCharsets.UTF_8));

    assertTrue(PROXIES.of(PROXY, said).getAddress().length > 0);
    assertEquals(STRANGER, PROXIES.of(STRANGER, said));
  }
}
