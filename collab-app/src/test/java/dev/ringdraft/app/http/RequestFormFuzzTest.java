package dev.ringdraft.app.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whatever is written where an address is expected. */
class RequestFormFuzzTest {
  private static final TrustedProxies PROXIES = TrustedProxies.of(List.of("10.0.0.0/8", "::1"));

  @FuzzTest(maxDuration = "3m")
  void a_target_that_passes_is_a_path_that_leads_nowhere_else(FuzzedDataProvider data) {
    String path = "/" + data.consumeString(300);
    String query = data.consumeBoolean() ? data.consumeRemainingAsString() : null;

    if (RequestForm.faultOfTarget(path, query) == null) {
      String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
      assertFalse(decoded.indexOf('\0') >= 0, path);
      assertFalse(("/" + decoded + "/").replace('\\', '/').contains("/../"), path);
      assertTrue(URI.create("http://a" + path).getRawPath().equals(path), path);
    }
  }

  @FuzzTest(maxDuration = "2m")
  void what_a_proxy_says_leads_to_an_address(FuzzedDataProvider data) {
    String said = data.consumeRemainingAsString();

    String address = PROXIES.addressOf("10.1.2.3", List.of(said));

    assertTrue(AddressRange.address(address).isPresent(), address);
    assertTrue(PROXIES.addressOf("192.0.2.1", List.of(said)).equals("192.0.2.1"));
  }
}
