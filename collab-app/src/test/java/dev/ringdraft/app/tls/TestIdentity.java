package dev.ringdraft.app.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.app.config.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for this machine and its key, made by the JDK's keytool.
 *
 * @param chain the server's own certificate, then those that issued it
 * @param key PKCS#8 when encoded
 */
public record TestIdentity(List<Certificate> chain, PrivateKey key) {
  private static final String PASSWORD = "password";

  /** With an EC key; issued by itself. */
  public static TestIdentity selfSigned(Path folder, String name) {
    return made(folder, name, "-keyalg", "EC", "-groupname", "secp256r1");
  }

  /**
   * With what keytool is told.
   *
   * @param name of the certificate, and of a file in the folder
   */
  static TestIdentity made(Path folder, String name, String... options) {
    Path store = folder.resolve(name + ".p12");
    generate(store, "server", name, options);
    return read(store);
  }

  /** Issued by another certificate. */
  static TestIdentity issued(Path folder, String name) {
    Path store = folder.resolve(name + ".p12");
    generate(store, "issuer", "issuer", "-keyalg", "EC", "-ext", "bc:c");
    generate(store, "server", name, "-keyalg", "RSA", "-keysize", "2048", "-signer", "issuer");
    return read(store);
  }

  private static void generate(Path store, String alias, String name, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + name));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD, "-ext", "san=ip:127.0.0.1,dns:localhost"));
    command.addAll(List.of(options));
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!keytool.waitFor(60, TimeUnit.SECONDS)) {
        keytool.destroyForcibly();
      }
      assertEquals(0, keytool.exitValue(), said);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private static TestIdentity read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      return new TestIdentity(
          List.of(store.getCertificateChain("server")),
          (PrivateKey) store.getKey("server", PASSWORD.toCharArray()));
    } catch (IOException | GeneralSecurityException failed) {
      throw new AssertionError(failed);
    }
  }

  String chainPem() {
    return chain.stream()
        .map(TestIdentity::encoded)
        .map(each -> pem("CERTIFICATE", each))
        .collect(Collectors.joining());
  }

  String keyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  static byte[] encoded(Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException failed) {
      throw new AssertionError(failed);
    }
  }

  static String pem(String kind, byte[] content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, lines, kind);
  }

  /** Writes the files, each at one instant in the place of what was there. */
  public TlsSettings writeTo(Path folder) throws IOException {
    return new TlsSettings(
        write(folder.resolve("chain.pem"), chainPem()), write(folder.resolve("key.pem"), keyPem()));
  }

  static Path write(Path file, String text) throws IOException {
    Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text);
    return Files.move(
        next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** What a client that trusts these, and nobody else, speaks TLS by. */
  public static SSLContext trusting(TestIdentity... identities) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (TestIdentity identity : identities) {
        trusted.setCertificateEntry("trusted" + trusted.size(), identity.chain().getLast());
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException failed) {
      throw new AssertionError(failed);
    }
  }
}
