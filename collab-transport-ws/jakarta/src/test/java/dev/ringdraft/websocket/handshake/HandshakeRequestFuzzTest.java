package dev.ringdraft.websocket.handshake;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** Whatever an upgrade request asks for: it is read, or refused in the one way there is. */
@Tag("long")
class HandshakeRequestFuzzTest {
  @FuzzTest
  void every_query_and_offer_is_read_or_refused(FuzzedDataProvider data) throws Exception {
    String offer = data.consumeString(200);
    HandshakeRequest request =
        new HandshakeRequest(
            new Peer(InetAddress.getLoopbackAddress(), false),
            new RequestLine("GET", "/v1/ws/drafts/d", data.consumeRemainingAsString(), true),
            Map.of("sec-websocket-extensions", List.of(offer)));

    request.listed("sec-websocket-extensions");
    try {
      request.parameter("after");
    } catch (IllegalArgumentException refused) {
      // The one way to say that it is malformed.
    }
  }
}
