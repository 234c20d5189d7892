package dev.ringdraft.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.app.cli.ProgramVersion;
import dev.ringdraft.testing.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Java keeps of a training for servers: the archive of classes, and the AOT cache. */
@Tag("long")
class KeptClassesIT {
  private static final String FOR_CLASSES =
      "ringdraft: train: a server starts and stops, for its classes\n";

  @TempDir private Path folder;

  private Program start(Path program, String javaOptions, String... arguments) {
    return Program.startCopy(
        program.resolve("bin/ringdraft"),
        folder,
        Map.of(
            "RINGDRAFT_JAVA_HOME",
            System.getProperty("java.home"),
            "RINGDRAFT_JAVA_OPTIONS",
            javaOptions),
        arguments);
  }

  /** Starts and stops a server; true if its classes were kept ones. */
  private boolean servesByKeptClasses(Path program) throws Exception {
    Path log = Files.createTempFile(folder, "classes", ".log");
    try (Program server = start(program, "-Xlog:class+load:file=" + log, "--http.port", "0");
        HttpClient client = HttpClient.newHttpClient()) {
      String url = server.url();
      URI ready = URI.create(url + "/health/ready");
      assertEquals(
          200,
          client
              .send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
              .statusCode());
      server.terminate();
      assertEquals(0, server.exitCode(), server.errors());
      assertEquals(List.of("ringdraft ready on " + url), server.output());
    }
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> line.contains(" dev.ringdraft.app.RingdraftServer source: "))
          .findFirst()
          .orElseThrow()
          .contains("shared objects file");
    }
  }

  @Test
  void a_server_that_stops_writes_no_archive_and_uses_a_trained_one_and_a_broken_one_stops_nobody()
      throws Exception {
    Path program = copyOfTheProgram();
    assertFalse(servesByKeptClasses(program));
    assertEquals(List.of(), kept(program), "a stop takes no time for an archive");
    try (Program training = start(program, "", "train", "--classes")) {
      assertEquals(0, training.exitCode(), training.errors());
      assertEquals(List.of(), training.output());
      assertEquals(FOR_CLASSES, training.errors());
    }
    Path archive = kept(program).getFirst();
    assertTrue(Files.size(archive) > 1_000_000, archive::toString);

    assertTrue(servesByKeptClasses(program));
    Files.write(archive, new byte[100_000]);
    assertFalse(servesByKeptClasses(program));
    assertEquals(List.of(archive), kept(program));
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_25)
  void a_server_starts_with_what_was_trained_where_it_was_and_a_broken_cache_stops_nobody()
      throws Exception {
    Path program = copyOfTheProgram();
    Path archive = Files.writeString(program.resolve("lib/ringdraft-1.jsa"), "of a JDK before");
    try (Program training = start(program, "", "train")) {
      assertEquals(0, training.exitCode(), training.errors());
      assertEquals(List.of(), training.output());
      assertEquals(
          "ringdraft: train: a server runs under load, for half a minute\n", training.errors());
    }
    assertTrue(Files.notExists(archive), "nobody would ask for it any more");
    assertEquals(1, kept(program).size());
    assertTrue(servesByKeptClasses(program));
    Path cache = kept(program).getFirst();
    assertTrue(cache.toString().endsWith(".aot"), cache::toString);
    assertEquals(List.of(cache), kept(program));

    try (Program again = start(program, "", "train")) {
      assertEquals(0, again.exitCode());
      assertEquals(
          "ringdraft: train: %s fits; delete it to train anew\n".formatted(cache), again.errors());
    }
    Path moved = Files.move(program, folder.resolve("elsewhere"));
    assertFalse(servesByKeptClasses(moved));
    Files.move(moved, program);
    assertTrue(servesByKeptClasses(program));
    Files.write(cache, new byte[100_000]);
    assertFalse(servesByKeptClasses(program));
  }

  @Test
  void what_is_kept_is_named_after_the_classes_and_their_place() throws Exception {
    Path program = copyOfTheProgram();
    String name = nameOfKept(program, "25");
    assertTrue(name.matches("ringdraft-[0-9]+[.]jsa"), name);

    assertEquals(name, nameOfKept(program, "25"));
    assertNotEquals(name, nameOfKept(Files.move(program, folder.resolve("elsewhere")), "25"));
    Files.move(folder.resolve("elsewhere"), program);
    assertNotEquals(name, nameOfKept(program, "26"));

    Path jar = program.resolve("lib/collab-domain-%s.jar".formatted(ProgramVersion.text()));
    FileTime time = Files.getLastModifiedTime(jar);
    byte[] content = Files.readAllBytes(jar);
    content[content.length / 2]++;
    Files.write(jar, content);
    Files.setLastModifiedTime(jar, time);
    assertNotEquals(name, nameOfKept(program, "25"));
  }

  private String nameOfKept(Path program, String version) throws Exception {
    String says =
        "for each in \"$@\"; do case $each in *.jsa) echo \"${each##*/}\" >&2 ;; esac; done; exit 3";
    return run(program, version, says, "train", "--classes")
        .replaceFirst("^1 %s(.*)\n$".formatted(FOR_CLASSES), "$1");
  }

  @Test
  void what_is_kept_is_left_aside_when_a_jar_is_newer() throws Exception {
    Path program = copyOfTheProgram();
    String says =
        "for each in \"$@\"; do case $each in *.jsa) echo \"${each%%=*}\" >&2 ;; esac; done";
    assertEquals("0 ", run(program, "25", says));
    Path archive =
        Files.writeString(program.resolve("lib").resolve(nameOfKept(program, "25")), "kept");
    assertEquals("0 -XX:SharedArchiveFile\n", run(program, "25", says));

    Path jar = program.resolve("lib/collab-domain-%s.jar".formatted(ProgramVersion.text()));
    FileTime later = FileTime.from(Files.getLastModifiedTime(archive).toInstant().plusSeconds(1));
    Files.setLastModifiedTime(jar, later);
    assertEquals("0 ", run(program, "25", says));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:AOTCache=a",
        "-XX:AOTCacheOutput=a",
        "-XX:SharedArchiveFile=a",
        "-XX:ArchiveClassesAtExit=a"
      })
  void who_names_an_archive_of_classes_gets_that_one_alone(String named) throws Exception {
    Path program = copyOfTheProgram();
    String says =
        "for each in \"$@\"; do case $each in *ringdraft-*.jsa) echo ours >&2 ;; esac; done";
    Files.writeString(program.resolve("lib").resolve(nameOfKept(program, "25")), "kept");
    assertEquals("0 ours\n", run(program, "25", says));

    assertEquals("0 ", run(program, "25", Map.of("RINGDRAFT_JAVA_OPTIONS", named), says));
  }

  /** While PostgreSQL starts, and under load, which a second Java makes. */
  @ParameterizedTest
  @CsvSource({"postgres, 1", "java, 2"})
  @EnabledForJreRange(min = JRE.JAVA_25)
  void a_training_that_is_stopped_leaves_nothing(String program, int running) throws Exception {
    Path copy = copyOfTheProgram();
    Path data = Files.createDirectory(folder.resolve("temporary"));
    List<ProcessHandle> all;
    try (Program training = start(copy, "-Djava.io.tmpdir=" + data, "train")) {
      ProcessHandle launcher = ProcessHandle.of(training.pid()).orElseThrow();
      Eventually.until(
          () -> launcher.descendants().filter(each -> isOf(each, program)).count() >= running);
      all = launcher.descendants().toList();
      training.terminate();
      assertEquals(1, training.exitCode(), training.errors());
    }
    Eventually.until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    assertEquals(List.of(), kept(copy));
    try (Stream<Path> left = Files.walk(data)) {
      assertEquals(List.of(data), left.toList());
    }
  }

  private static boolean isOf(ProcessHandle process, String program) {
    return process.info().command().orElse("").endsWith("/" + program);
  }

  @Test
  void a_training_that_can_keep_nothing_says_so() throws Exception {
    Path program = copyOfTheProgram();
    assertEquals("1 " + FOR_CLASSES, run(program, "21.0.2", "exit 0", "train"));
    assertEquals(
        "1 ringdraft: train: a server runs under load, for half a minute\nno memory\n",
        run(program, "25", "echo no memory; exit 3", "train"));
    String halfWritten =
        """
        for each in "$@"; do case $each in -XX:AOTCacheOutput=*) half=${each#*=} ;; esac; done
        echo half >"$half"
        echo all >"$half.config"
        echo the one that assembles has failed
        """;
    String said = run(program, "25", halfWritten, "train");
    assertTrue(said.matches("1 .*\nthe one that assembles has failed\n"), said);
    try (Program training = start(program, "-XX:AOTCache=a", "train")) {
      assertEquals(1, training.exitCode());
      assertTrue(training.errors().startsWith("ringdraft: train: Java"), training.errors());
    }
    assertEquals(List.of(), kept(program));
  }

  /** Runs it on a Java that does this; the exit code, and what was said. */
  private String run(Path program, String version, String java, String... arguments)
      throws Exception {
    return run(program, version, Map.of(), java, arguments);
  }

  private String run(
      Path program,
      String version,
      Map<String, String> environment,
      String java,
      String... arguments)
      throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    Path home = folder.resolve("jdk-" + version);
    Path fake = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    Files.writeString(fake, "#!/bin/sh\n" + java);
    Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));
    all.put("RINGDRAFT_JAVA_HOME", home.toString());
    try (Program run =
        Program.startCopy(program.resolve("bin/ringdraft"), folder, all, arguments)) {
      return run.exitCode() + " " + run.errors();
    }
  }

  /** Whole, but for what the build and other tests' programs have kept. */
  private Path copyOfTheProgram() throws IOException {
    Path original = Program.launcher().resolve("../..").normalize();
    Path copy = folder.resolve("program with blanks");
    for (String part : List.of("bin", "lib")) {
      Files.createDirectories(copy.resolve(part));
      try (Stream<Path> files = Files.list(original.resolve(part))) {
        for (Path file : files.filter(it -> !isKept(it)).toList()) {
          Files.copy(
              file,
              copy.resolve(part).resolve(file.getFileName()),
              StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return copy;
  }

  private static boolean isKept(Path file) {
    return file.getFileName().toString().startsWith("ringdraft-");
  }

  private static List<Path> kept(Path program) throws IOException {
    try (Stream<Path> files = Files.list(program.resolve("lib"))) {
      return files.filter(KeptClassesIT::isKept).toList();
    }
  }
}
