package dev.ringdraft.app.http.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whatever a request says of whom it is forwarded for. */
class TrustedProxiesFuzzTest {
  private static final TrustedProxies PROXIES = TrustedProxies.of(List.of("10.0.0.0/8", "::1"));

  @FuzzTest
  void what_a_proxy_says_leads_to_an_address(byte[] header) {
    List<String> said = List.of(new String(header, StandardCharsets.UTF_8));

    String address = PROXIES.addressOf("10.1.2.3", said);

    assertTrue(AddressRange.address(address).isPresent(), address);
    assertEquals("192.0.2.1", PROXIES.addressOf("192.0.2.1", said));
  }
}
