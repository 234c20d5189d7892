package dev.ringdraft.app.auth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** A provider on loopback that publishes keys, as it is told to. */
final class JwksServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile String body = "{\"keys\":[]}";
  private volatile int status = 200;
  private volatile String location = "http://127.0.0.1:1/elsewhere";
  private final AtomicInteger trickles = new AtomicInteger();
  private volatile boolean trickling;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  JwksServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
    server.setExecutor(workers);
    server.createContext("/jwks", this::answer);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:%d/jwks".formatted(server.getAddress().getPort()));
  }

  int requests() {
    return requests.get();
  }

  void publish(Map<String, PublicKey> keys) {
    Map<String, String> parameters = new LinkedHashMap<>();
    keys.keySet().forEach(keyId -> parameters.put(keyId, "\"use\":\"sig\","));
    publish(keys, parameters);
  }

  /** With more JSON in each key, such as {@code "use":"enc",}. */
  void publish(Map<String, PublicKey> keys, Map<String, String> parameters) {
    StringBuilder json = new StringBuilder("{\"keys\":[");
    keys.forEach(
        (keyId, key) -> {
          json.append(json.length() > 9 ? "," : "")
              .append("{")
              .append(parameters.getOrDefault(keyId, ""))
              .append(keyId.isEmpty() ? "" : "\"kid\":\"%s\",".formatted(keyId))
              .append(json(key).substring(1));
        });
    publishText(json.append("]}").toString());
  }

  void publishText(String text) {
    body = text;
    status = 200;
  }

  void fail(int with) {
    status = with;
  }

  /** From now on it sends callers elsewhere. */
  void redirectTo(URI elsewhere) {
    location = elsewhere.toString();
    status = 302;
  }

  /** From now on an answer comes byte by byte and never ends. */
  void trickle() {
    trickling = true;
  }

  /** How many such answers somebody still reads. */
  int trickles() {
    return trickles.get();
  }

  /** From now on answers wait. */
  CountDownLatch hold() {
    CountDownLatch held = new CountDownLatch(1);
    gate = held;
    return held;
  }

  private static String json(PublicKey key) {
    try {
      return PublicJsonWebKey.Factory.newPublicJwk(key)
          .toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    } catch (JoseException failed) {
      throw new AssertionError(failed);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    try (exchange) {
      gate.await();
      if (trickling) {
        trickle(exchange);
        return;
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Location", location);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void trickle(HttpExchange exchange) throws IOException {
    trickles.incrementAndGet();
    try {
      exchange.sendResponseHeaders(status, 0);
      OutputStream out = exchange.getResponseBody();
      while (trickling) {
        out.write(' ');
        out.flush();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    } finally {
      trickles.decrementAndGet();
    }
  }

  @Override
  public void close() {
    trickling = false;
    gate.countDown();
    server.stop(0);
    workers.close();
  }
}
