package dev.ringdraft.app.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ringdraft.app.config.TlsSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class CurrentIdentityTest {
  @TempDir private static Path made;
  private static TestIdentity before;
  private static TestIdentity after;

  @TempDir private Path folder;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

  @BeforeAll
  static void make() {
    before = TestIdentity.selfSigned(made, "before");
    after = TestIdentity.selfSigned(made, "after");
  }

  @BeforeEach
  void listen() {
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void listenNoMore() {
    logger().detachAppender(log);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(CurrentIdentity.class.getName());
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel().levelStr.equals("WARN"))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private CurrentIdentity read(TestIdentity identity) throws IOException {
    TlsSettings settings = identity.writeTo(folder);
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(
          settings.privateKey(), PosixFilePermissions.fromString("rw-------"));
    }
    return CurrentIdentity.read(settings, now::get);
  }

  private static Instant endOf(TestIdentity identity) {
    return ((X509Certificate) identity.chain().getFirst()).getNotAfter().toInstant();
  }

  /** Whose certificate a client is shown. */
  private static Certificate shown(CurrentIdentity identity) throws SSLException {
    SSLEngine client = TestIdentity.trusting(before, after).createSSLEngine();
    client.setUseClientMode(true);
    SSLEngine server = identity.engine();
    ByteBuffer toServer = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
    ByteBuffer toClient = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
    for (int turn = 0; turn < 100; turn++) {
      step(client, toClient, toServer);
      if (client.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
        return client.getSession().getPeerCertificates()[0];
      }
      step(server, toServer, toClient);
    }
    throw new AssertionError("no end of the handshake");
  }

  private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    ByteBuffer nothing = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> {
        for (Runnable task = engine.getDelegatedTask();
            task != null;
            task = engine.getDelegatedTask()) {
          task.run();
        }
      }
      case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> {
        in.flip();
        engine.unwrap(in, nothing);
        in.compact();
      }
    }
  }

  @Test
  void a_change_is_taken_up_when_it_is_seen_again() throws Exception {
    CurrentIdentity identity = read(before);
    after.writeTo(folder);

    identity.look();
    assertEquals(before.chain().getFirst(), shown(identity));
    identity.look();
    assertEquals(after.chain().getFirst(), shown(identity));
  }

  @Test
  void files_that_are_replaced_one_after_the_other_are_not_complained_of() throws Exception {
    CurrentIdentity identity = read(before);

    TestIdentity.write(folder.resolve("chain.pem"), after.chainPem());
    identity.look();
    TestIdentity.write(folder.resolve("key.pem"), after.keyPem());
    identity.look();
    identity.look();

    assertEquals(after.chain().getFirst(), shown(identity));
    assertEquals(List.of(), unreadableLeftOut());
  }

  /** The permissions of a new file are those of the user's umask. */
  private List<String> unreadableLeftOut() {
    return warnings().stream().filter(line -> !line.endsWith("on this machine")).toList();
  }

  @Test
  void a_broken_file_is_told_once_and_the_one_before_goes_on() throws Exception {
    CurrentIdentity identity = read(before);
    Path key = folder.resolve("key.pem");

    TestIdentity.write(key, "nothing");
    for (int i = 0; i < 5; i++) {
      identity.look();
    }

    assertEquals(
        List.of(
            "http.tls.private-key: %s: no private key in PEM (expected: an RSA or EC key between BEGIN PRIVATE KEY and END PRIVATE KEY); the certificate before is used on"
                .formatted(key)),
        warnings());
    assertEquals(before.chain().getFirst(), shown(identity));

    Files.delete(key);
    identity.look();
    identity.look();

    assertEquals(
        "http.tls.private-key: %s: can't be read; the certificate before is used on".formatted(key),
        warnings().getLast());
    assertEquals(2, warnings().size());

    TestIdentity.write(key, before.keyPem());
    identity.look();
    TestIdentity.write(key, "nothing");
    identity.look();
    identity.look();

    assertEquals(3, warnings().size());
  }

  @Test
  void an_end_that_comes_near_is_told_once() throws Exception {
    now.set(endOf(before).minus(Duration.ofDays(8)));
    CurrentIdentity identity = read(before);
    identity.look();
    assertEquals(List.of(), warnings());

    now.set(endOf(before).minus(Duration.ofDays(6)));
    identity.look();
    identity.look();

    assertEquals(List.of("The certificate ends at " + endOf(before)), warnings());
  }

  @Test
  void a_certificate_that_is_not_valid_now_is_used_and_told() throws Exception {
    now.set(endOf(before));
    read(before);
    now.set(endOf(before).minus(Duration.ofDays(9_000)));
    read(before);

    assertEquals(
        List.of(
            "The certificate has ended at %s: browsers refuse it".formatted(endOf(before)),
            "The certificate is not valid before "
                + ((X509Certificate) before.chain().getFirst()).getNotBefore().toInstant()),
        warnings());
  }

  @Test
  void a_key_that_everybody_can_read_is_told() throws Exception {
    CurrentIdentity identity = read(before);
    TlsSettings changed = after.writeTo(folder);
    Files.setPosixFilePermissions(
        changed.privateKey(), PosixFilePermissions.fromString("rw-r--r--"));

    identity.look();
    identity.look();

    assertEquals(
        List.of(
            "http.tls.private-key: %s: can be read by everybody on this machine"
                .formatted(changed.privateKey())),
        warnings());
  }

  @Test
  void only_tls_1_3_and_1_2_with_forward_secrecy_are_spoken() throws Exception {
    SSLEngine engine = read(before).engine();

    assertArrayEquals(new String[] {"TLSv1.3", "TLSv1.2"}, engine.getEnabledProtocols());
    for (String suite : engine.getEnabledCipherSuites()) {
      assertTrue(suite.matches("TLS_(AES|CHACHA20|ECDHE)_.*(GCM|POLY1305).*"), suite);
    }
    assertTrue(engine.getEnabledCipherSuites().length > 3);
  }
}
