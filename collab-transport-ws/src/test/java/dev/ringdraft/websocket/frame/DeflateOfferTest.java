package dev.ringdraft.websocket.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeflateOfferTest {
  private static final String AGREED =
      "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

  private static String answer(String header) {
    List<String> offers = Stream.of(header.split(",", -1)).map(String::strip).toList();
    return DeflateOffer.answer(offers).orElse("none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate",
        "permessage-deflate; client_max_window_bits",
        "permessage-deflate; client_max_window_bits=\"10\"",
        "permessage-deflate;server_no_context_takeover;client_no_context_takeover",
        "x-webkit-deflate-frame, permessage-deflate; client_max_window_bits"
      })
  void an_offer_is_taken_without_context_takeover_on_either_side(String header) {
    assertEquals(AGREED, answer(header));
  }

  @Test
  void a_window_that_is_asked_of_the_server_is_granted_if_it_is_the_widest() {
    assertEquals(
        AGREED + "; server_max_window_bits=15",
        answer("permessage-deflate; server_max_window_bits=15"));
  }

  @Test
  void the_first_offer_that_can_be_kept_is_taken() {
    assertEquals(
        AGREED, answer("permessage-deflate; server_max_window_bits=10, permessage-deflate"));
  }

  @ParameterizedTest
  @CsvSource({
    "permessage-bzip2",
    "permessage-deflate; server_max_window_bits=9",
    "permessage-deflate; server_max_window_bits",
    "permessage-deflate; client_max_window_bits=16",
    "permessage-deflate; client_max_window_bits=7",
    "permessage-deflate; server_no_context_takeover=1",
    "permessage-deflate; client_max_window_bits; client_max_window_bits",
    "permessage-deflate; level=9",
    "permessage-deflate;"
  })
  void any_other_offer_is_passed_over(String header) {
    assertEquals("none", answer(header));
  }
}
