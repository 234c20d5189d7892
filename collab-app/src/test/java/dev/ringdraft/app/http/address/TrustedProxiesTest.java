package dev.ringdraft.app.http.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private final TrustedProxies proxies =
      TrustedProxies.of(List.of("10.0.0.0/9", "192.0.2.7", "2001:db8::/32"));

  private static String caller(TrustedProxies proxies, String peer, List<String> forwardedFor) {
    return proxies.of(AddressRange.address(peer).orElseThrow(), forwardedFor).getHostAddress();
  }

  @Test
  void without_proxies_no_header_is_believed() {
    assertEquals(
        "198.51.100.1", caller(TrustedProxies.none(), "198.51.100.1", List.of("203.0.113.9")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "198.51.100.1 | 203.0.113.9 | 198.51.100.1",
        "10.1.2.3 | 203.0.113.9 | 203.0.113.9",
        "10.128.0.1 | 203.0.113.9 | 10.128.0.1",
        "192.0.2.7 | 203.0.113.9 | 203.0.113.9",
        "192.0.2.8 | 203.0.113.9 | 192.0.2.8",
        "10.1.2.3 | 1.1.1.1, 203.0.113.9, 10.9.9.9 | 203.0.113.9",
        "10.1.2.3 | 10.4.4.4, 10.9.9.9 | 10.4.4.4",
        "10.1.2.3 | 203.0.113.9, unknown | 10.1.2.3",
        "10.1.2.3 | 203.0.113.9, example.org, 10.2.2.2 | 10.2.2.2",
        "10.1.2.3 | '' | 10.1.2.3",
        "2001:db8::1 | 2001:db9::5 | 2001:db9:0:0:0:0:0:5",
        "2001:db8::1 | [2001:db9::5] | 2001:db9:0:0:0:0:0:5",
        "::ffff:10.1.2.3 | 203.0.113.9 | 203.0.113.9",
      })
  void the_rightmost_address_that_no_believed_proxy_has_counts(
      String peer, String header, String caller) {
    assertEquals(caller, caller(proxies, peer, List.of(header)));
  }

  @Test
  void several_fields_are_one_list() {
    assertEquals(
        "203.0.113.9", caller(proxies, "10.1.2.3", List.of("1.1.1.1, 203.0.113.9", "10.2.2.2")));
    assertEquals("10.1.2.3", caller(proxies, "10.1.2.3", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "example.org", "10.0.0.0/33", "10.0.0.0/x", "10.0.0/8", "::/129", "/8"})
  void what_is_no_range_is_refused(String range) {
    assertThrows(IllegalArgumentException.class, () -> TrustedProxies.of(List.of(range)));
  }
}
