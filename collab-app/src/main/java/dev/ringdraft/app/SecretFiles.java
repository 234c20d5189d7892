package dev.ringdraft.app;

import dev.ringdraft.app.config.Key;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/** Looks after the files that hold a secret of the configuration. */
final class SecretFiles {
  private static final Logger LOG = System.getLogger(SecretFiles.class.getName());

  private SecretFiles() {}

  /** Warns of each file that every account of the machine may read. */
  static void checkPrivacy(Map<Key, Path> files) {
    files.forEach(
        (key, file) -> {
          try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            if (mode.contains(PosixFilePermission.OTHERS_READ)) {
              LOG.log(
                  Level.WARNING,
                  "{0}: every account of this machine may read {1} ({2}); use chmod o= on it",
                  key,
                  file,
                  PosixFilePermissions.toString(mode));
            }
          } catch (IOException | UnsupportedOperationException unknown) {
            LOG.log(Level.DEBUG, "the mode of a file is not known", unknown);
          }
        });
  }
}
