package dev.ringdraft.rest;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes what is long piece by piece: of what a client does not take, no more than two are kept.
 */
final class Pieces {
  private static final int PIECE_BYTES = 64 * 1024;

  private Pieces() {}

  static void write(byte[] whole, OutputStream body) throws IOException {
    for (int i = 0; i < whole.length; i += PIECE_BYTES) {
      body.write(whole, i, Math.min(PIECE_BYTES, whole.length - i));
    }
  }
}
