package dev.ringdraft.persistence.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's account that PostgreSQL runs as. PostgreSQL refuses to run as root, so
 * root starts it in a user namespace where it is nobody and its files are still root's ({@code
 * unshare -U}). Where namespaces are forbidden, it runs as the user nobody ({@code setpriv}). Both
 * commands become PostgreSQL itself, with the same process id.
 *
 * @param prefix the words that come before a command
 * @param owner numeric id of the user who must own the database's files; null if files need no
 *     other owner than their creator
 */
record ServerAccount(List<String> prefix, @Nullable Integer owner) {
  private static final int ROOT = 0;
  private static final int NOBODY = 65_534;

  private static final ServerAccount OURS = new ServerAccount(List.of(), null);
  private static final List<ServerAccount> INSTEAD_OF_ROOT =
      List.of(
          new ServerAccount(List.of("unshare", "-U"), ROOT),
          new ServerAccount(
              List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"),
              NOBODY));

  ServerAccount {
    prefix = List.copyOf(prefix);
  }

  /** The first account in which these programs run here. */
  static ServerAccount thatRuns(PostgresBinaries binaries) throws InterruptedException {
    boolean root = ProcessHandle.current().info().user().filter("root"::equals).isPresent();
    for (ServerAccount account : root ? INSTEAD_OF_ROOT : List.of(OURS)) {
      if (account.canRun(binaries)) {
        return account.inSessionOfItsOwn();
      }
    }
    throw new EmbeddedPostgresException(
        root
            ? "PostgreSQL does not run as root, and neither unshare nor setpriv helps here: start"
                + " as an ordinary user, or set database.url"
            : "the embedded PostgreSQL does not run on this machine: set database.url");
  }

  private boolean canRun(PostgresBinaries binaries) throws InterruptedException {
    String test = "test \"$(id -u)\" != 0 && exec \"$0\" --version";
    return Programs.works(command(List.of("sh", "-c", test, binaries.program("postgres"))));
  }

  /**
   * Ctrl-C at a terminal then reaches our program alone, which stops PostgreSQL when it is last.
   */
  private ServerAccount inSessionOfItsOwn() throws InterruptedException {
    List<String> apart = List.of("setsid");
    return Programs.works(Programs.join(apart, List.of("true")))
        ? new ServerAccount(Programs.join(apart, prefix), owner)
        : this;
  }

  List<String> command(List<String> command) {
    return Programs.join(prefix, command);
  }

  /** Gives a file or folder, and all that is in it, to the owner, unless it is theirs. */
  void own(Path path) throws IOException {
    if (owner == null || owner.equals(ownerOf(path))) {
      return;
    }
    List<Path> all;
    try (Stream<Path> paths = Files.walk(path)) {
      all = paths.toList();
    }
    for (Path each : all.reversed()) {
      Files.setAttribute(each, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static @Nullable Object ownerOf(Path path) throws IOException {
    return Files.getAttribute(path, "unix:uid");
  }
}
