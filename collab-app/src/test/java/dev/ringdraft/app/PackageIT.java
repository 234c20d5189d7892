package dev.ringdraft.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.app.cli.ProgramVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packages: the archive unpacked into an empty folder, the Debian package installed below one.
 */
@Tag("long")
@EnabledIfSystemProperty(
    named = "ringdraft.package",
    matches = ".+",
    disabledReason = "the profile 'package' makes the packages")
class PackageIT {
  private static final Path ARCHIVE = Path.of(System.getProperty("ringdraft.package", ""));
  private static final String NAME = ARCHIVE.getFileName().toString().replace(".tar.gz", "");
  private static final Path BILL = ARCHIVE.resolveSibling(NAME + ".cdx.json");
  private static final String UNIT = "usr/lib/systemd/system/ringdraft.service";
  private static final List<String> TOOLS =
      List.of(
          "cat",
          "cksum",
          "dirname",
          "find",
          "id",
          "readlink",
          "sed",
          "setpriv",
          "setsid",
          "sh",
          "true",
          "unshare",
          "wc");
  private static final Pattern EXEC_START = Pattern.compile("(?m)^ExecStart=(.*)$");
  private static final String NEWER = ProgramVersion.text() + "+1";

  @TempDir private static Path folder;

  @BeforeAll
  static void unpack() throws Exception {
    run(folder, "tar", "-xzf", ARCHIVE.toString());
  }

  private static String run(Path in, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  @Test
  void the_archive_serves_without_a_JDK() throws Exception {
    Path launcher = folder.resolve(NAME).resolve("bin/ringdraft");
    Path tools = toolsWithoutJava();
    Map<String, String> environment =
        Map.of("JAVA_HOME", folder.resolve("none").toString(), "PATH", tools.toString());
    Path work = Files.createDirectory(folder.resolve("work"));
    try (Program program = Program.startCopy(launcher, work, environment, "--http.port=0")) {
      assertEquals(1, draftsAfterANewOne(program.url()));
      String runtime = ProcessHandle.of(program.pid()).orElseThrow().info().command().orElse("");
      assertEquals(
          folder.resolve(NAME).resolve("runtime/bin/java").toRealPath().toString(), runtime);
    }
  }

  /** A folder with what the launcher and the program call. */
  private static Path toolsWithoutJava() throws IOException {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : TOOLS) {
      Path script =
          Files.writeString(
              tools.resolve(tool), "#!/bin/sh\nexec /usr/bin/%s \"$@\"\n".formatted(tool));
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return tools;
  }

  /** Has ANA create a draft; how many she has then. */
  private static int draftsAfterANewOne(String url) throws Exception {
    URI drafts = URI.create(url + "/v1/collab/drafts");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest.Builder request = HttpRequest.newBuilder(drafts).header("X-User-Id", "ana");
      HttpRequest create =
          request
              .copy()
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{\"title\":\"Night train\"}"))
              .build();
      HttpResponse<String> created = client.send(create, HttpResponse.BodyHandlers.ofString());
      assertEquals(201, created.statusCode(), created.body());
      return json(client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body())
          .path("data")
          .size();
    }
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void the_Debian_package_is_installed_and_started_and_upgraded_and_removed() throws Exception {
    Path root = emptyMachine("debian");
    dpkg(root, "--install", debianPackage().toString());
    Path settings = root.resolve("etc/ringdraft/ringdraft.properties");
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(settings)));
    Path state = Files.createDirectory(folder.resolve("state"));
    Files.writeString(
        settings,
        Files.readString(settings)
            .replace("/var/lib/ringdraft", state.toString())
            .replace("http.port=8080", "http.port=0"));
    assertEquals(1, draftsAfterANewOneByTheUnit(root));
    Path trained = Files.createFile(root.resolve("usr/lib/ringdraft/lib/ringdraft-1.jsa"));

    dpkg(root, "--install", newerPackage().toString());
    assertTrue(dpkg(root, "--status", "ringdraft").contains("Version: " + NEWER + "\n"));
    assertEquals(2, draftsAfterANewOneByTheUnit(root), "configuration and data stay");

    dpkg(root, "--purge", "ringdraft");
    assertFalse(Files.exists(trained));
    assertFalse(Files.exists(root.resolve("usr/lib/ringdraft")));
    assertFalse(Files.exists(root.resolve("etc/ringdraft")));
    assertTrue(Files.isDirectory(state.resolve("database")), "the data stays");
  }

  private static Path debianPackage() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "dpkg is not installed");
    try (Stream<Path> files = Files.list(ARCHIVE.resolveSibling(""))) {
      List<Path> packages = files.filter(file -> file.toString().endsWith(".deb")).toList();
      assertEquals(1, packages.size(), packages::toString);
      return packages.getFirst();
    }
  }

  /** The same package with a higher version. */
  private static Path newerPackage() throws Exception {
    Path unpacked = folder.resolve("newer");
    run(folder, "dpkg-deb", "--raw-extract", debianPackage().toString(), unpacked.toString());
    Path control = unpacked.resolve("DEBIAN/control");
    Files.writeString(
        control, Files.readString(control).replaceFirst("(?m)^Version: .*$", "Version: " + NEWER));
    Path newer = folder.resolve("newer.deb");
    run(folder, "dpkg-deb", "-Znone", "--build", unpacked.toString(), newer.toString());
    return newer;
  }

  /** A folder that dpkg takes for a machine on which nothing is installed. */
  private static Path emptyMachine(String name) throws IOException {
    Path root = folder.resolve(name);
    Path state = root.resolve("var/lib/dpkg");
    Files.createDirectories(state.resolve("updates"));
    Files.createDirectories(state.resolve("info"));
    Files.createFile(state.resolve("status"));
    return root;
  }

  private static String dpkg(Path root, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("dpkg", "--root=" + root));
    command.add("--force-not-root,depends,bad-path,script-chrootless");
    command.addAll(List.of(arguments));
    return run(root, command.toArray(String[]::new));
  }

  private static int draftsAfterANewOneByTheUnit(Path root) throws Exception {
    Matcher start = EXEC_START.matcher(Files.readString(root.resolve(UNIT)));
    assertTrue(start.find());
    String[] command =
        start
            .group(1)
            .replace("${CREDENTIALS_DIRECTORY}", root.resolve("etc/ringdraft").toString())
            .split(" ", -1);
    Path launcher = root.resolve(command[0].substring(1));
    Path work = Files.createTempDirectory(folder, "work");
    String[] arguments = Arrays.copyOfRange(command, 1, command.length);
    try (Program program = Program.startCopy(launcher, work, Map.of(), arguments)) {
      int drafts = draftsAfterANewOne(program.url());
      program.terminate();
      assertEquals(0, program.exitCode(), program.errors());
      return drafts;
    }
  }

  @Test
  void systemd_takes_the_unit_for_valid_and_for_hardened() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "no systemd");
    Path unit = folder.resolve("ringdraft.service");
    String launcher = folder.resolve(NAME).resolve("bin/ringdraft").toString();
    Files.writeString(
        unit,
        Files.readString(Path.of("src/main/debian/ringdraft.service"))
            .replace("/usr/bin/ringdraft", launcher));
    assertEquals("", run(folder, "systemd-analyze", "verify", unit.toString()));

    String report = run(folder, "systemd-analyze", "security", "--offline=true", unit.toString());
    Matcher exposure =
        Pattern.compile("Overall exposure level for \\S+: ([0-9.]+)").matcher(report);
    assertTrue(exposure.find(), report);
    String documented = "an exposure of %s of 10".formatted(exposure.group(1));
    assertTrue(Files.readString(Path.of("../docs/how-to/deploy.md")).contains(documented), report);
  }

  @Test
  void the_checksums_fit() throws Exception {
    for (Path file : List.of(ARCHIVE, BILL, debianPackage())) {
      String name = file.getFileName().toString();
      String said = run(ARCHIVE.resolveSibling(""), "sha256sum", "--check", name + ".sha256");
      assertEquals(name + ": OK\n", said);
    }
  }

  @Test
  void the_bill_of_materials_names_each_library_and_the_runtime_and_the_packages_of_the_pages()
      throws IOException {
    Set<String> named = new TreeSet<>();
    for (JsonNode component : json(Files.readString(BILL)).path("components")) {
      named.add(component.path("name").asText() + "-" + component.path("version").asText());
    }
    Set<String> shipped;
    try (Stream<Path> files = Files.list(folder.resolve(NAME).resolve("lib"))) {
      shipped =
          files
              .map(file -> file.getFileName().toString().replaceFirst("\\.jar$", ""))
              .filter(jar -> !jar.startsWith("collab-app-0") && !jar.startsWith("postgres-"))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    assertFalse(shipped.isEmpty());
    shipped.add("openjdk-" + System.getProperty("java.version"));
    JsonNode pages = json(Files.readString(Path.of("web/package.json"))).path("dependencies");
    for (String name : List.of("react", "react-dom")) {
      shipped.add(name + "-" + pages.path(name).asText());
    }
    JsonNode client = json(Files.readString(Path.of("client/package.json"))).path("dependencies");
    shipped.add("valibot-" + client.path("valibot").asText());

    shipped.removeAll(named);
    assertEquals(Set.of(), shipped);
  }

  @Test
  void the_licences_are_inside() {
    Path home = folder.resolve(NAME);
    for (String licence :
        List.of(
            "LICENSE",
            "licences/postgresql/COPYRIGHT",
            "licences/react/LICENSE",
            "licences/react-dom/LICENSE",
            "licences/scheduler/LICENSE",
            "licences/valibot/LICENSE.md",
            "runtime/legal/java.base/LICENSE")) {
      assertTrue(Files.isRegularFile(home.resolve(licence)), licence);
    }
  }
}
