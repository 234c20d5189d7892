package dev.ringdraft.app.tls;

import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One block of a PEM file (RFC 7468). What stands between blocks belongs to none.
 *
 * @param kind what it says it is, such as {@code CERTIFICATE}
 * @param body what stands between its two lines
 */
record PemBlock(String kind, String body) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /** All blocks of a text, in their order. */
  static List<PemBlock> allOf(String text) {
    return BLOCK
        .matcher(text)
        .results()
        .map(block -> new PemBlock(block.group(1), block.group(2)))
        .toList();
  }

  /** Whether it needs a passphrase (RFC 5958, section 3; RFC 1421, section 4.6.1.1). */
  boolean isEncrypted() {
    return kind.startsWith("ENCRYPTED ") || body.contains("4,ENCRYPTED");
  }

  /**
   * What it holds.
   *
   * @throws IllegalArgumentException when it is not base64
   */
  byte[] bytes() {
    return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "PemBlock[" + kind + "]";
  }
}
