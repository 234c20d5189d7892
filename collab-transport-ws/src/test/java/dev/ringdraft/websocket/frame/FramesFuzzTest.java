package dev.ringdraft.websocket.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ringdraft.websocket.frame.FrameValidator.Verdict;
import dev.ringdraft.websocket.socket.FixedWindowLimiter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Whatever bytes a client sends: they are found sound or not, and nothing breaks. */
@Tag("long")
class FramesFuzzTest {
  private static final int MAX_MESSAGE = 256;

  /** What came of bytes, and what would be handed on. */
  private record Reading(Verdict verdict, List<Byte> passedOn) {}

  private static Reading read(byte[] bytes, int pieceLength, boolean compression) {
    FrameValidator guard =
        new FrameValidator(
            MAX_MESSAGE, new FixedWindowLimiter(1_000_000, 1, () -> 0L), compression);
    MessageInflater inflater = new MessageInflater(MAX_MESSAGE);
    ByteArrayOutputStream passedOn = new ByteArrayOutputStream();
    Verdict verdict = Verdict.OK;
    for (int at = 0; at < bytes.length && verdict == Verdict.OK; at += pieceLength) {
      ByteBuffer piece =
          ByteBuffer.wrap(bytes, at, Math.min(pieceLength, bytes.length - at)).slice();
      verdict = guard.inspect(piece.duplicate());
      if (verdict == Verdict.OK) {
        verdict = inflater.read(piece, part -> take(part, passedOn));
      }
    }
    return new Reading(verdict, verdict == Verdict.OK ? boxed(passedOn.toByteArray()) : List.of());
  }

  private static void take(ByteBuffer part, ByteArrayOutputStream passedOn) {
    assertTrue(part.remaining() <= MAX_MESSAGE + 14, () -> part + " is longer than any message");
    while (part.hasRemaining()) {
      passedOn.write(part.get());
    }
  }

  private static List<Byte> boxed(byte[] bytes) {
    Byte[] boxed = new Byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      boxed[i] = bytes[i];
    }
    return List.of(boxed);
  }

  @FuzzTest
  void frames_are_read_alike_however_the_network_cuts_them(FuzzedDataProvider data) {
    boolean compression = data.consumeBoolean();
    int pieceLength = data.consumeInt(1, 7);
    byte[] bytes = data.consumeRemainingAsBytes();

    Reading whole = read(bytes, Math.max(1, bytes.length), compression);
    Reading pieces = read(bytes, pieceLength, compression);

    if (whole.verdict() == Verdict.OK) {
      assertEquals(whole, pieces);
    } else {
      // Which of two faults is met first may depend on the cut, that there is one does not.
      assertTrue(pieces.verdict() != Verdict.OK, pieces::toString);
    }
  }
}
