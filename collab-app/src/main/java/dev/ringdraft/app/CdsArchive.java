package dev.ringdraft.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.ObjectName;

/**
 * The classes that a training has loaded, as the JDK maps them at the next start instead of
 * reading, checking and linking them anew (class data sharing): it halves the work of a start. The
 * launcher says by a system property where one is wanted, and gives it to the servers that start
 * later.
 *
 * <p>It is written beside its place and then moved there, so nobody ever finds half of one. A JDK
 * that can't write one leaves none, which costs nothing but time.
 */
final class CdsArchive {
  private static final Logger LOG = System.getLogger(CdsArchive.class.getName());
  private static final String WANTED = "ringdraft.class-archive";

  private CdsArchive() {}

  /** Writes it, if one is wanted: some seconds. To be called when nothing else goes on. */
  static void leave() {
    String wanted = System.getProperty(WANTED);
    if (wanted == null) {
      return;
    }
    Path archive = Path.of(wanted);
    Path part = Path.of("%s.%d.part".formatted(wanted, ProcessHandle.current().pid()));
    try {
      dump(part);
      Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
      removeOthers(archive);
    } catch (IOException | JMException | JMRuntimeException none) {
      LOG.log(Level.ERROR, "no class archive was left", none);
    }
  }

  /** Those of earlier jars or of another JDK: nobody may come to ask for them again. */
  private static void removeOthers(Path archive) throws IOException {
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(archive.resolveSibling("."), "ringdraft-*.jsa")) {
      for (Path each : all) {
        if (!each.getFileName().equals(archive.getFileName())) {
          Files.deleteIfExists(each);
        }
      }
    }
  }

  /** As {@code jcmd VM.cds dynamic_dump}, by this process to itself. */
  private static void dump(Path file) throws JMException {
    // The JDK says so there, where nothing but the ready line belongs; the process is about to end.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    Object unused =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "vmCds",
                new Object[] {new String[] {"dynamic_dump", "\"" + file + "\""}},
                new String[] {String[].class.getName()});
  }
}
