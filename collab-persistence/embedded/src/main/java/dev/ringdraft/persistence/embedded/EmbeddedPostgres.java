package dev.ringdraft.persistence.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A PostgreSQL server of this program's own, with its data in one folder. It keeps what it
 * acknowledged through crashes of the program, of the server and of both: the next start stops a
 * server that was left running, lets PostgreSQL recover, and goes on. A server that ends while the
 * program runs is started again on the same port, until it fails too often.
 *
 * <table>
 * <caption>The folder</caption>
 * <tr><td>{@code postgresql-<version>/}</td><td>PostgreSQL itself, unpacked once</td></tr>
 * <tr><td>{@code database/}</td><td>the data</td></tr>
 * <tr><td>{@code password}</td><td>random, readable by its owner alone</td></tr>
 * <tr><td>{@code postgresql.log}</td><td>what the server says; never what people wrote</td></tr>
 * <tr><td>{@code lock}</td><td>locked while a program uses the folder</td></tr>
 * </table>
 *
 * <p>The caller that starts it must close it, after everything that uses it. There is no shutdown
 * hook, so that a program can finish its requests first. Safe for use by many threads.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  /** The most connections that a program may hold open at a time; the rest are for operators. */
  public static final int MAX_CONNECTIONS = 90;

  private static final System.Logger LOG = System.getLogger(EmbeddedPostgres.class.getName());
  private static final String USER = "ringdraft";
  private static final int PASSWORD_BYTES = 24;

  private final DataFolder folder;
  private final PostmasterWatch server;
  private final String password;

  private EmbeddedPostgres(DataFolder folder, PostmasterWatch server, String password) {
    this.folder = folder;
    this.server = server;
    this.password = password;
  }

  /**
   * Locks the folder and starts the server, which accepts connections when this method returns. The
   * first start takes some seconds, a later one half a second. Blocks.
   *
   * @param dataDir created if it does not exist
   * @throws EmbeddedPostgresException with one line that says what is wrong
   */
  public static EmbeddedPostgres start(Path dataDir) {
    return start(dataDir, Platform.current());
  }

  static EmbeddedPostgres start(Path dataDir, Platform platform) {
    DataFolder folder = DataFolder.claim(dataDir);
    try {
      return startIn(folder, platform);
    } catch (IOException failed) {
      folder.close();
      throw new EmbeddedPostgresException(
          "PostgreSQL could not be started in " + folder.root() + ": " + failed, failed);
    } catch (InterruptedException interrupted) {
      folder.close();
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("interrupted while PostgreSQL started", interrupted);
    } catch (RuntimeException refused) {
      folder.close();
      throw refused;
    }
  }

  private static EmbeddedPostgres startIn(DataFolder folder, Platform platform)
      throws IOException, InterruptedException {
    PostgresBinaries binaries = PostgresBinaries.in(folder, platform);
    ServerAccount account = ServerAccount.thatRuns(binaries);
    folder.log().prepare();
    if (!Files.isDirectory(folder.database())) {
      setUp(folder, binaries, account);
    }
    String password = readPassword(folder);
    account.own(folder.database());
    new OrphanedServers(folder).stop(System.Logger.Level.WARNING);
    Postmaster server = Postmaster.start(folder, binaries, account, 0);
    LOG.log(
        System.Logger.Level.INFO,
        "embedded PostgreSQL runs on port {0} with its data in {1}",
        Integer.toString(server.port()),
        folder.root());
    PostmasterWatch watch =
        PostmasterWatch.of(
            folder, server, port -> Postmaster.start(folder, binaries, account, port));
    return new EmbeddedPostgres(folder, watch, password);
  }

  /** The server's address for JDBC: {@code jdbc:postgresql://127.0.0.1:<port>/postgres}. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres";
  }

  /** The name of the database's superuser, the only user after a first start. */
  public String user() {
    return USER;
  }

  /** The user's password: a secret, in no log and in no exception's message. */
  public String password() {
    return password;
  }

  /**
   * Completes with the reason when the server has failed three times within a minute and is not
   * started again. Never completes while it is, nor by {@link #close}.
   */
  public CompletableFuture<EmbeddedPostgresException> givenUp() {
    return server.givenUp();
  }

  /** Stops the server and unlocks the folder. A second call does nothing. */
  @Override
  public void close() {
    server.stop();
    folder.close();
  }

  /** Makes an empty database; half of one is never taken for a whole one. */
  private static void setUp(DataFolder folder, PostgresBinaries binaries, ServerAccount account)
      throws IOException, InterruptedException {
    writePassword(folder);
    account.own(folder.password());
    Path part = Files.createDirectory(folder.emptyPartOf(folder.database()));
    account.own(part);
    int exitCode =
        Programs.run(
            account.command(
                List.of(
                    binaries.program("initdb"),
                    "--pgdata=" + part,
                    "--username=" + USER,
                    "--pwfile=" + folder.password(),
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--no-locale",
                    "--no-instructions")),
            folder.log().file());
    if (exitCode != 0) {
      throw new EmbeddedPostgresException(
          "no database could be set up in " + folder.root() + ", see " + folder.log().file());
    }
    Files.move(part, folder.database(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void writePassword(DataFolder folder) throws IOException {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    Path part = folder.emptyPartOf(folder.password());
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(part, HexFormat.of().formatHex(random), StandardOpenOption.SYNC);
    Files.move(
        part,
        folder.password(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static String readPassword(DataFolder folder) throws IOException {
    if (!Files.exists(folder.password())) {
      throw new EmbeddedPostgresException(
          folder.password() + " is missing: the database there can't be opened without it");
    }
    return Files.readString(folder.password()).strip();
  }
}
