package dev.ringdraft.websocket.frame;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Whatever a client offers: the answer is one that this server keeps, or none. */
@Tag("long")
class DeflateOfferFuzzTest {
  @FuzzTest
  void every_offer_is_accepted_or_passed_over(byte[] offer) {
    DeflateOffer.answer(List.of(new String(offer, StandardCharsets.UTF_8)))
        .ifPresent(
            answer ->
                assertTrue(
                    answer.contains("server_no_context_takeover; client_no_context_takeover"),
                    answer));
  }
}
