package dev.ringdraft.rest.json;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes what is long piece by piece: of what a client does not take, no more than two are kept.
 */
public final class ChunkedWriter {
  private static final int PIECE_BYTES = 64 * 1024;

  private ChunkedWriter() {}

  /**
   * Writes all of an array.
   *
   * @throws IOException when the client has gone, or takes too long for a piece
   */
  public static void write(byte[] whole, OutputStream body) throws IOException {
    for (int i = 0; i < whole.length; i += PIECE_BYTES) {
      body.write(whole, i, Math.min(PIECE_BYTES, whole.length - i));
    }
  }
}
