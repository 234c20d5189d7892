package dev.ringdraft.persistence.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one embedded server, held by this process alone until it is closed. The lock is the
 * operating system's, so it ends with the process, however that ends.
 *
 * @param root absolute, without symbolic links
 */
record DataFolder(Path root, FileChannel lockFile) implements AutoCloseable {
  /** At the root of some file systems from the beginning. */
  private static final String OF_FILE_SYSTEMS = "lost+found";

  /** Makes the folder if need be, and takes it. */
  static DataFolder claim(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      if (!Files.isDirectory(root)) {
        Files.createDirectories(root);
      }
      root = root.toRealPath();
      refuseForeign(root);
      FileChannel lockFile =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(lockFile) == null) {
        lockFile.close();
        throw new EmbeddedPostgresException(
            root + " is in use by another process: stop that one, or set another data.dir");
      }
      return new DataFolder(root, lockFile);
    } catch (IOException unwritable) {
      throw new EmbeddedPostgresException(
          root + " can't be written to (" + unwritable + "): set another data.dir", unwritable);
    }
  }

  /**
   * Refuses a folder with files of something else, which PostgreSQL's would be mixed with. A folder
   * of ours has the lock, or database and password that were restored without it.
   */
  private static void refuseForeign(Path root) throws IOException {
    boolean isOurs =
        Files.exists(root.resolve("lock"))
            || (Files.exists(root.resolve("database")) && Files.exists(root.resolve("password")));
    if (isOurs) {
      return;
    }
    try (Stream<Path> files = Files.list(root)) {
      Optional<Path> foreign =
          files.filter(file -> !file.getFileName().toString().equals(OF_FILE_SYSTEMS)).findFirst();
      if (foreign.isPresent()) {
        throw new EmbeddedPostgresException(
            "%s holds files of something else, such as %s: set another data.dir, or empty it"
                .formatted(root, foreign.get().getFileName()));
      }
    }
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }

  /** Where PostgreSQL keeps its data; there only when it was set up to the end. */
  Path database() {
    return root.resolve("database");
  }

  Path password() {
    return root.resolve("password");
  }

  ServerLog log() {
    return new ServerLog(root.resolve("postgresql.log"));
  }

  /** Where PostgreSQL's own files of one version are; there only when they are complete. */
  Path binaries(String version) {
    return root.resolve("postgresql-" + version);
  }

  /**
   * Where something is prepared that moves to its place when it is complete; what an earlier try
   * left there is gone.
   */
  Path emptyPartOf(Path place) throws IOException {
    Path part = place.resolveSibling(place.getFileName() + ".part");
    delete(part);
    return part;
  }

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(path)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      Files.delete(each);
    }
  }

  /** Lets the folder go; a second time does nothing. */
  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException closing) {
      throw new EmbeddedPostgresException(root + " could not be let go: " + closing, closing);
    }
  }
}
