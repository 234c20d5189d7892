package dev.ringdraft.persistence.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The log of PostgreSQL, readable by its owner alone. A log of more than {@link #LARGEST_BYTES} is
 * put aside, also while the server writes: it appends, so the file is copied and then emptied.
 * Lines of that moment may be lost.
 *
 * @param file {@code postgresql.log}; the one before has the suffix {@code .1}
 */
record ServerLog(Path file) {
  static final long LARGEST_BYTES = 10L * 1024 * 1024;

  private static final System.Logger LOG = System.getLogger(EmbeddedPostgres.class.getName());
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  /** Creates the file, or takes it from other accounts. */
  void prepare() throws IOException {
    FileAttribute<?> attribute = PosixFilePermissions.asFileAttribute(PRIVATE);
    if (Files.notExists(file)) {
      Files.createFile(file, attribute);
    } else {
      Files.setPosixFilePermissions(file, PRIVATE);
    }
    putAsideIfLong();
  }

  /** Keeps one log besides the present one. */
  void putAsideIfLong() {
    try {
      if (Files.size(file) > LARGEST_BYTES) {
        Files.copy(
            file,
            file.resolveSibling(file.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
            .close();
      }
    } catch (IOException failed) {
      LOG.log(System.Logger.Level.WARNING, "{0} can''t be put aside: {1}", file, failed.toString());
    }
  }
}
