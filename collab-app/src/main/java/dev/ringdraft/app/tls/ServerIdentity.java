package dev.ringdraft.app.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Who the server is over TLS: its certificate, then those that issued it, and its private key. The
 * three fit together; whether the certificate is valid now is not judged here.
 */
record ServerIdentity(List<X509Certificate> chain, PrivateKey key) {
  private static final int MIN_RSA_BITS = 2048;

  /** How keys of a kind sign. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

  private static final byte[] PROBE = {'r', 'i', 'n', 'g'};
  private static final char[] NO_PASSWORD = {};

  /**
   * @throws dev.ringdraft.app.config.ConfigurationException when the files hold no such thing, in
   *     one line that names the file
   */
  static ServerIdentity of(PemFiles files) {
    List<X509Certificate> chain = chain(files);
    PublicKey certified = chain.getFirst().getPublicKey();
    refuseWeak(files, certified);
    PrivateKey key = PrivateKeyPem.read(files, certified);
    if (!fit(key, certified)) {
      throw files.privateKeyRefused(
          "not the key of the certificate in " + files.files().certificate());
    }
    return new ServerIdentity(chain, key);
  }

  private static List<X509Certificate> chain(PemFiles files) {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      CertificateFactory certificates = CertificateFactory.getInstance("X.509");
      for (PemBlock block : files.certificateBlocks()) {
        if (block.kind().equals("CERTIFICATE")) {
          chain.add(
              (X509Certificate)
                  certificates.generateCertificate(new ByteArrayInputStream(block.bytes())));
        }
      }
    } catch (CertificateException | IllegalArgumentException malformed) {
      throw files.certificateRefused(
          "certificate %d is not well-formed".formatted(chain.size() + 1));
    }
    if (chain.isEmpty()) {
      throw files.certificateRefused(
          "no certificate in PEM (expected: the server's own, then those that issued it)");
    }
    for (int i = 1; i < chain.size(); i++) {
      if (!isIssued(chain.get(i - 1), chain.get(i))) {
        throw files.certificateRefused(
            "certificate %d did not issue certificate %d".formatted(i + 1, i)
                + " (expected: the server's own first, then those that issued it)");
      }
    }
    return List.copyOf(chain);
  }

  private static boolean isIssued(X509Certificate certificate, X509Certificate issuer) {
    try {
      certificate.verify(issuer.getPublicKey());
      return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
    } catch (GeneralSecurityException notItsIssuer) {
      return false;
    }
  }

  private static void refuseWeak(PemFiles files, PublicKey certified) {
    if (!SIGNATURES.containsKey(certified.getAlgorithm())) {
      throw files.certificateRefused(
          "for a key of kind %s (expected: RSA or EC)".formatted(certified.getAlgorithm()));
    }
    if (certified instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
      throw files.certificateRefused(
          "an RSA key of %d bits (expected: %d or more)"
              .formatted(rsa.getModulus().bitLength(), MIN_RSA_BITS));
    }
  }

  private static boolean fit(PrivateKey key, PublicKey certified) {
    try {
      Signature signature = Signature.getInstance(SIGNATURES.get(certified.getAlgorithm()));
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException doesNotFit) {
      return false;
    }
  }

  /** What engines are made of. No client is asked for a certificate, so nobody is trusted. */
  SSLContext context() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException | IOException broken) {
      throw new IllegalStateException("the JDK can't make a TLS context", broken);
    }
  }

  /** Whom the certificate names, and until when. */
  String description() {
    return "%s, valid until %s"
        .formatted(
            chain.getFirst().getSubjectX500Principal().getName(),
            chain.getFirst().getNotAfter().toInstant());
  }

  Instant begins() {
    return chain.getFirst().getNotBefore().toInstant();
  }

  Instant ends() {
    return chain.getFirst().getNotAfter().toInstant();
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "ServerIdentity[" + description() + "]";
  }
}
