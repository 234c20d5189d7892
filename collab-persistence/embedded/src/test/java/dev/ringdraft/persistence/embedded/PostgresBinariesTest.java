package dev.ringdraft.persistence.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {
  @TempDir Path folder;

  @Test
  void files_programs_and_links_are_unpacked() throws IOException {
    Path home = folder.resolve("home");
    unpack(
        home,
        archive -> {
          file(archive, "lib/lib.so.1", 0644);
          link(archive, "lib/lib.so", "lib.so.1");
          file(archive, "bin/postgres", 0755);
        });
    assertEquals("lib/lib.so.1", Files.readString(home.resolve("lib/lib.so")));
    assertTrue(Files.isExecutable(home.resolve("bin/postgres")));
    assertFalse(Files.isExecutable(home.resolve("lib/lib.so.1")));
  }

  @Test
  void a_file_outside_of_the_folder_is_refused() {
    assertRefused(archive -> file(archive, "../escaped", 0644));
    assertFalse(Files.exists(folder.resolve("escaped")));
  }

  @Test
  void a_link_out_of_the_folder_is_refused() {
    assertRefused(archive -> link(archive, "lib", "../.."));
    assertRefused(archive -> link(archive, "lib", "/etc"));
  }

  @Test
  void a_device_is_refused() {
    assertRefused(
        archive -> {
          archive.putArchiveEntry(new TarArchiveEntry("device", TarConstants.LF_CHR));
          archive.closeArchiveEntry();
        });
  }

  @Test
  void platforms_are_named_as_the_archives_are() {
    assertEquals("/postgres-linux-x86_64", new Platform("Linux", "amd64").archive());
    assertEquals("/postgres-linux-arm_64", new Platform("Linux", "aarch64").archive());
    assertEquals("/postgres-darwin-arm_64", new Platform("Mac OS X", "aarch64").archive());
  }

  private void assertRefused(Entries entries) {
    assertThrows(IOException.class, () -> unpack(folder.resolve("home"), entries));
  }

  private static void unpack(Path home, Entries entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream archive = new TarArchiveOutputStream(bytes)) {
      entries.writeTo(archive);
    }
    PostgresBinaries.unpack(new ByteArrayInputStream(bytes.toByteArray()), home);
  }

  /** Writes a file that holds its own name. */
  private static void file(TarArchiveOutputStream archive, String name, int mode)
      throws IOException {
    byte[] content = name.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    entry.setMode(mode);
    archive.putArchiveEntry(entry);
    archive.write(content);
    archive.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream archive, String name, String target)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    archive.putArchiveEntry(entry);
    archive.closeArchiveEntry();
  }

  private interface Entries {
    void writeTo(TarArchiveOutputStream archive) throws IOException;
  }
}
