package dev.ringdraft.app.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Set;

/**
 * Reads the private key of a certificate: PKCS#8 (RFC 5958), or the older forms of RSA (RFC 8017,
 * appendix A.1.2) and EC keys (RFC 5915).
 *
 * <p>The older forms are PKCS#8 without the identifier of the algorithm, which the certificate's
 * public key has as well; so they are read by putting that before them.
 */
final class PrivateKeyPem {
  private static final String PKCS8 = "PRIVATE KEY";
  private static final Set<String> KINDS = Set.of(PKCS8, "RSA PRIVATE KEY", "EC PRIVATE KEY");
  private static final String EXPECTED =
      "(expected: an RSA or EC key between BEGIN PRIVATE KEY and END PRIVATE KEY)";

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  private PrivateKeyPem() {}

  /**
   * @param certified the public key that it must belong to, RSA or EC
   * @throws dev.ringdraft.app.config.ConfigurationException when there is no such key
   */
  static PrivateKey read(PemFiles files, PublicKey certified) {
    PemBlock block =
        files.privateKeyBlocks().stream()
            .filter(each -> each.kind().endsWith(PKCS8))
            .findFirst()
            .orElseThrow(() -> files.privateKeyRefused("no private key in PEM " + EXPECTED));
    if (block.isEncrypted()) {
      throw files.privateKeyRefused("needs a passphrase (expected: a key without one)");
    }
    if (!KINDS.contains(block.kind())) {
      throw files.privateKeyRefused(block.kind() + " " + EXPECTED);
    }
    String algorithm = certified.getAlgorithm();
    if (!block.kind().equals(PKCS8) && !block.kind().startsWith(algorithm)) {
      throw files.privateKeyRefused(
          "%s (expected: the %s key of the certificate)".formatted(block.kind(), algorithm));
    }
    try {
      byte[] encoded =
          block.kind().equals(PKCS8) ? block.bytes() : pkcs8(block.bytes(), certified.getEncoded());
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException malformed) {
      throw files.privateKeyRefused(
          "not a well-formed %s key (expected: the key of the certificate)".formatted(algorithm));
    }
  }

  /**
   * @param bare what the older forms hold
   * @param spki the public key, a SubjectPublicKeyInfo: SEQUENCE { algorithm, BIT STRING }
   */
  private static byte[] pkcs8(byte[] bare, byte[] spki) {
    ByteBuffer publicKey = ByteBuffer.wrap(spki);
    publicKey.get();
    contentLength(publicKey);
    ByteBuffer algorithm = publicKey.slice();
    algorithm.get();
    int length = contentLength(algorithm);
    byte[] identifier = new byte[algorithm.position() + length];
    algorithm.rewind().get(identifier);
    return der(SEQUENCE, VERSION_0, identifier, der(OCTET_STRING, bare));
  }

  /** Reads a length as DER has it (X.690, section 8.1.3). */
  private static int contentLength(ByteBuffer der) {
    int first = der.get() & 0xFF;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7F); i++) {
      length = (length << 8) | (der.get() & 0xFF);
    }
    return length;
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(tag);
    if (length < 0x80) {
      all.write(length);
    } else if (length < 0x1_00) {
      all.writeBytes(new byte[] {(byte) 0x81, (byte) length});
    } else if (length < 0x1_00_00) {
      all.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length});
    } else {
      throw new IllegalArgumentException("%d bytes (expected: a key)".formatted(length));
    }
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }
}
