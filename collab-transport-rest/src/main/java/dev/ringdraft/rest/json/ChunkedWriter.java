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
    write(whole, 0, whole.length, body);
  }

  /**
   * Writes a part of an array.
   *
   * @param end the index behind the last byte
   * @throws IOException when the client has gone, or takes too long for a piece
   */
  static void write(byte[] whole, int begin, int end, OutputStream body) throws IOException {
    for (int i = begin; i < end; i += PIECE_BYTES) {
      body.write(whole, i, Math.min(PIECE_BYTES, end - i));
    }
  }
}
