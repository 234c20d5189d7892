package dev.ringdraft.app.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.app.config.ConfigurationException;
import dev.ringdraft.app.config.TlsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerIdentityTest {
  private static final String RSA_ALGORITHM = "300d06092a864886f70d0101010500";
  private static final String P256_ALGORITHM = "301306072a8648ce3d020106082a8648ce3d030107";

  @TempDir private static Path folder;
  private static TestIdentity ec;
  private static TestIdentity rsa;
  private static TestIdentity issued;

  @BeforeAll
  static void make() {
    ec = TestIdentity.selfSigned(folder, "ec");
    rsa = TestIdentity.made(folder, "rsa", "-keyalg", "RSA", "-keysize", "2048");
    issued = TestIdentity.issued(folder, "issued");
  }

  private static PemFiles files(String certificate, String privateKey) {
    TlsSettings settings = new TlsSettings(Path.of("chain.pem"), Path.of("key.pem"));
    return new PemFiles(settings, certificate, privateKey);
  }

  private static ServerIdentity identity(TestIdentity of, String privateKey) {
    return ServerIdentity.of(files(of.chainPem(), privateKey));
  }

  private static String refusal(String certificate, String privateKey) {
    PemFiles files = files(certificate, privateKey);
    return String.valueOf(
        assertThrows(ConfigurationException.class, () -> ServerIdentity.of(files)).getMessage());
  }

  /** What PKCS#8 wraps: what stands behind the algorithm and an octet string's length. */
  private static byte[] bare(TestIdentity identity, String algorithm) {
    byte[] all = identity.key().getEncoded();
    int octets = HexFormat.of().formatHex(all).indexOf(algorithm) / 2 + algorithm.length() / 2;
    int length = all[octets + 1] & 0xFF;
    int header = length < 0x80 ? 2 : 2 + (length & 0x7F);
    return Arrays.copyOfRange(all, octets + header, all.length);
  }

  @Test
  void keys_of_rsa_and_ec_are_read() {
    assertEquals(rsa.key(), identity(rsa, rsa.keyPem()).key());
    assertEquals(ec.key(), identity(ec, ec.keyPem()).key());
  }

  @Test
  void keys_in_their_older_forms_are_the_same_keys() {
    String oldRsa = TestIdentity.pem("RSA PRIVATE KEY", bare(rsa, RSA_ALGORITHM));
    String oldEc =
        TestIdentity.pem("EC PARAMETERS", new byte[] {6, 0})
            + TestIdentity.pem("EC PRIVATE KEY", bare(ec, P256_ALGORITHM));

    assertEquals(rsa.key(), identity(rsa, oldRsa).key());
    assertEquals(ec.key(), identity(ec, oldEc).key());
  }

  @Test
  void certificate_issuer_and_key_may_stand_in_one_file_with_text_around_them() {
    String all = "subject: issued\r\n%s\nkey:\n%s".formatted(issued.chainPem(), issued.keyPem());

    ServerIdentity identity = ServerIdentity.of(files(all, all.replace("\n", "\r\n")));

    assertEquals(issued.chain(), identity.chain());
    assertEquals(2, identity.chain().size());
  }

  @Test
  void a_key_that_cannot_be_used_is_refused() {
    String expected = "(expected: an RSA or EC key between BEGIN PRIVATE KEY and END PRIVATE KEY)";
    String body = Base64.getEncoder().encodeToString(ec.key().getEncoded());

    assertEquals(
        "http.tls.private-key: key.pem: no private key in PEM " + expected,
        refusal(ec.chainPem(), ec.chainPem()));
    assertEquals(
        "http.tls.private-key: key.pem: DSA PRIVATE KEY " + expected,
        refusal(ec.chainPem(), TestIdentity.pem("DSA PRIVATE KEY", ec.key().getEncoded())));
    assertEquals(
        "http.tls.private-key: key.pem: needs a passphrase (expected: a key without one)",
        refusal(ec.chainPem(), TestIdentity.pem("ENCRYPTED PRIVATE KEY", ec.key().getEncoded())));
    assertEquals(
        "http.tls.private-key: key.pem: needs a passphrase (expected: a key without one)",
        refusal(
            rsa.chainPem(),
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n"
                + body
                + "\n-----END RSA PRIVATE KEY-----\n"));
    assertEquals(
        "http.tls.private-key: key.pem: not a well-formed EC key (expected: the key of the"
            + " certificate)",
        refusal(ec.chainPem(), ec.keyPem().replace("\nM", "\n*")));
    assertEquals(
        "http.tls.private-key: key.pem: not a well-formed EC key (expected: the key of the"
            + " certificate)",
        refusal(ec.chainPem(), TestIdentity.pem("EC PRIVATE KEY", new byte[70_000])));
  }

  @Test
  void a_key_of_another_certificate_is_refused() {
    TestIdentity other = TestIdentity.selfSigned(folder, "other");

    assertEquals(
        "http.tls.private-key: key.pem: not the key of the certificate in chain.pem",
        refusal(ec.chainPem(), other.keyPem()));
    assertEquals(
        "http.tls.private-key: key.pem: not a well-formed RSA key (expected: the key of the"
            + " certificate)",
        refusal(rsa.chainPem(), ec.keyPem()));
    assertEquals(
        "http.tls.private-key: key.pem: EC PRIVATE KEY (expected: the RSA key of the certificate)",
        refusal(rsa.chainPem(), TestIdentity.pem("EC PRIVATE KEY", bare(ec, P256_ALGORITHM))));
  }

  @Test
  void a_certificate_that_cannot_be_used_is_refused() {
    TestIdentity weak = TestIdentity.made(folder, "weak", "-keyalg", "RSA", "-keysize", "1024");
    TestIdentity edwards = TestIdentity.made(folder, "edwards", "-keyalg", "Ed25519");

    assertEquals(
        "http.tls.certificate: chain.pem: no certificate in PEM (expected: the server's own, then"
            + " those that issued it)",
        refusal("", ec.keyPem()));
    assertEquals(
        "http.tls.certificate: chain.pem: certificate 2 is not well-formed",
        refusal(ec.chainPem() + TestIdentity.pem("CERTIFICATE", new byte[9]), ec.keyPem()));
    assertEquals(
        "http.tls.certificate: chain.pem: certificate 3 did not issue certificate 2 (expected: the"
            + " server's own first, then those that issued it)",
        refusal(issued.chainPem() + rsa.chainPem(), issued.keyPem()));
    assertEquals(
        "http.tls.certificate: chain.pem: an RSA key of 1024 bits (expected: 2048 or more)",
        refusal(weak.chainPem(), weak.keyPem()));
    assertEquals(
        "http.tls.certificate: chain.pem: for a key of kind EdDSA (expected: RSA or EC)",
        refusal(edwards.chainPem(), edwards.keyPem()));
  }

  @Test
  void a_file_that_is_not_there_is_refused() throws Exception {
    Path there = Files.writeString(folder.resolve("there.pem"), ec.chainPem());
    Path missing = folder.resolve("missing.pem");
    TlsSettings settings = new TlsSettings(there, missing);

    assertEquals(
        "http.tls.private-key: %s: can't be read".formatted(missing),
        assertThrows(ConfigurationException.class, () -> PemFiles.read(settings)).getMessage());
  }

  @Test
  void no_text_of_it_shows_the_key() {
    PemFiles files = files(ec.chainPem(), ec.keyPem());
    String secret = ec.keyPem().lines().skip(1).findFirst().orElseThrow();

    assertFalse(files.toString().contains(secret));
    assertFalse(files.privateKeyBlocks().toString().contains(secret));
    assertFalse(ServerIdentity.of(files).toString().contains("key"));
  }
}
