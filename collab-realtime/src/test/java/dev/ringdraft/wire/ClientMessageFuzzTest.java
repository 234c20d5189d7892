package dev.ringdraft.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;

/** Whatever text a client sends: it is some message, if only one that is not understood. */
@Tag("long")
class ClientMessageFuzzTest {
  private static final int LONGEST_DETAIL = 100;

  @FuzzTest
  void every_text_is_some_message(byte[] text) {
    ClientMessage message = ClientMessage.read(new String(text, StandardCharsets.UTF_8));

    switch (message) {
      case ClientMessage.Unknown unknown ->
          assertTrue(unknown.detail().length() < LONGEST_DETAIL, unknown::detail);
      case ClientMessage.Auth auth ->
          assertTrue(auth.toString().equals("Auth[…]"), "a token is shown");
      case ClientMessage.Ping ping -> {}
      case ClientMessage.Presence presence -> {}
      case ClientMessage.Malformed malformed -> {}
    }
  }
}
