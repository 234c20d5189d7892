package dev.ringdraft.app.http;

import dev.ringdraft.app.docs.Document;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real proxy of Debian's packages, with the configuration of the page "Deploy". */
final class Proxy implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final Process process;
  private final String url;

  private Proxy(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** The proxies, and how each is made to compress all JSON. */
  enum Kind {
    NGINX(
        "nginx",
        "gzip               off;",
        "gzip on; gzip_types application/json; gzip_min_length 1; gzip_proxied any;"),
    APACHE(
        "apache2",
        "SetEnv              no-gzip 1",
        "AddOutputFilterByType DEFLATE application/json text/event-stream"),
    HAPROXY(
        "haproxy",
        "default_backend ringdraft",
        "default_backend ringdraft\n    compression algo gzip\n    compression type application/json");

    private final Path program;
    private final String plain;
    private final String compressing;

    Kind(String name, String plain, String compressing) {
      this.program = Path.of("/usr/sbin", name);
      this.plain = plain;
      this.compressing = compressing;
    }

    Path program() {
      return program;
    }

    private String documented() throws IOException {
      String language = this == APACHE ? "apache" : program.getFileName().toString();
      return Document.at("docs/how-to/deploy.md").fenced(language).getFirst();
    }

    /** The main configuration around the documented part. */
    private String around(String part) {
      return switch (this) {
        case NGINX ->
            """
            daemon off;
            user www-data;
            pid nginx.pid;
            error_log stderr;
            events {}
            http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
            """
                + part
                + "}\n";
        case APACHE ->
            """
            ServerRoot /usr/lib/apache2
            LoadModule mpm_event_module modules/mod_mpm_event.so
            LoadModule authz_core_module modules/mod_authz_core.so
            LoadModule env_module modules/mod_env.so
            LoadModule headers_module modules/mod_headers.so
            LoadModule filter_module modules/mod_filter.so
            LoadModule deflate_module modules/mod_deflate.so
            LoadModule proxy_module modules/mod_proxy.so
            LoadModule proxy_http_module modules/mod_proxy_http.so
            User www-data
            Group www-data
            ServerName localhost
            DefaultRuntimeDir %1$s
            PidFile %1$s/apache.pid
            ErrorLog %1$s/error.log
            Listen 127.0.0.1:%2$d
            AddOutputFilterByType DEFLATE application/json text/event-stream
            """
                + part;
        case HAPROXY -> part;
      };
    }

    private List<String> command(Path configuration, Path folder) {
      String file = configuration.toString();
      return switch (this) {
        case NGINX -> List.of(program.toString(), "-p", folder.toString(), "-c", file);
        case APACHE -> List.of(program.toString(), "-D", "FOREGROUND", "-f", file);
        case HAPROXY -> List.of(program.toString(), "-db", "-f", file);
      };
    }
  }

  /**
   * Starts one in front of a server, on a free port.
   *
   * @param folder where its files are
   * @param compresses whether it compresses all JSON, against the advice of the page
   */
  static Proxy start(Kind kind, Path folder, String server, boolean compresses) throws IOException {
    // Its workers are another user's.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    int port = freePort();
    String documented = kind.documented();
    if (!documented.contains(kind.plain)) {
      throw new AssertionError("no '%s' in: %s".formatted(kind.plain, documented));
    }
    String part =
        (compresses ? documented.replace(kind.plain, kind.compressing) : documented)
            .replace("127.0.0.1:8080", URI.create(server).getAuthority())
            .replace("listen 80;", "listen 127.0.0.1:%d;".formatted(port))
            .replace("<VirtualHost *:80>", "<VirtualHost *:%d>".formatted(port))
            .replace("bind :80", "bind 127.0.0.1:%d".formatted(port));
    Path configuration = Files.createTempFile(folder, "proxy", ".conf");
    Files.writeString(
        configuration,
        kind.around(part)
            .replace("%1$s", folder.toString())
            .replace("%2$d", Integer.toString(port)));
    Path log = Files.createTempFile(folder, "proxy", ".log");
    Process process =
        new ProcessBuilder(kind.command(configuration, folder))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Proxy proxy = new Proxy(process, "http://127.0.0.1:" + port);
    proxy.awaitListening(port, log);
    return proxy;
  }

  /** Such as {@code http://127.0.0.1:41234}. */
  String url() {
    return url;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitListening(int port, Path log) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException notYet) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
    close();
    throw new AssertionError("the proxy does not listen: " + Files.readString(log));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
