package dev.ringdraft.persistence.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's own programs, unpacked.
 *
 * @param home holds {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path home) {
  private static final String VERSION = version();
  private static final int EXECUTABLE = 0100;

  /** Unpacks them, unless they are there. Half of them is never taken for all. */
  static PostgresBinaries in(DataFolder folder, Platform platform) {
    Path home = folder.binaries(VERSION);
    if (!Files.isDirectory(home)) {
      try (InputStream archive = archive(platform)) {
        Path part = folder.emptyPartOf(home);
        unpack(archive, part);
        Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException failed) {
        throw new EmbeddedPostgresException(
            "PostgreSQL could not be unpacked into " + home + ": " + failed, failed);
      }
    }
    return new PostgresBinaries(home);
  }

  /** As the program packs it, or else as it is published: smaller, but much longer to unpack. */
  private static InputStream archive(Platform platform) throws IOException {
    InputStream packed = resource(platform.archive() + ".tar");
    if (packed != null) {
      return packed;
    }
    InputStream published = resource(platform.archive() + ".txz");
    if (published == null) {
      throw new EmbeddedPostgresException(
          "no embedded PostgreSQL for " + platform + ": set database.url");
    }
    return new XZInputStream(new BufferedInputStream(published));
  }

  private static @Nullable InputStream resource(String path) {
    return PostgresBinaries.class.getResourceAsStream(path);
  }

  /** The path of one program. */
  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  /**
   * Unpacks an archive ({@code .tar}) of folders, files and symbolic links into a folder.
   *
   * @throws IOException also when an entry would be, or would point, outside of the folder
   */
  static void unpack(InputStream archive, Path folder) throws IOException {
    try (TarArchiveInputStream entries =
        new TarArchiveInputStream(new BufferedInputStream(archive))) {
      Path top = folder.toAbsolutePath().normalize();
      makeFolder(top);
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        unpack(entry, entries, top);
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path top)
      throws IOException {
    Path path = inside(top, top.resolve(entry.getName()));
    if (entry.isDirectory()) {
      makeFolder(path);
      return;
    }
    Path parent = path.equals(top) ? top : path.resolveSibling("");
    if (!Files.isDirectory(parent)) {
      makeFolder(parent);
    }
    if (!parent.toRealPath().startsWith(top.toRealPath())) {
      throw new IOException("an entry leads out of the folder: " + entry.getName());
    }
    if (entry.isSymbolicLink()) {
      inside(top, parent.resolve(entry.getLinkName()));
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (isPlainFile(entry)) {
      Files.copy(content, path);
      boolean executable = (entry.getMode() & EXECUTABLE) != 0;
      allow(path, executable ? "rwxr-xr-x" : "rw-r--r--");
    } else {
      throw new IOException("neither folder, file nor symbolic link: " + entry.getName());
    }
  }

  private static boolean isPlainFile(TarArchiveEntry entry) {
    return entry.getLinkFlag() == TarConstants.LF_NORMAL
        || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
  }

  private static Path inside(Path top, Path path) throws IOException {
    Path normal = path.normalize();
    if (!normal.startsWith(top)) {
      throw new IOException("an entry leads out of the folder: " + path);
    }
    return normal;
  }

  private static void makeFolder(Path path) throws IOException {
    Files.createDirectories(path);
    allow(path, "rwxr-xr-x");
  }

  private static void allow(Path path, String permissions) throws IOException {
    PosixFileAttributeView posix = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (posix != null) {
      posix.setPermissions(PosixFilePermissions.fromString(permissions));
    }
  }

  private static String version() {
    try (InputStream stream = PostgresBinaries.class.getResourceAsStream("postgresql.properties")) {
      Properties properties = new Properties();
      properties.load(stream);
      return properties.getProperty("version", "");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
