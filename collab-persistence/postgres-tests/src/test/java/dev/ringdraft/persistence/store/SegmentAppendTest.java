package dev.ringdraft.persistence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.persistence.connection.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What pgbench is given to measure is what the server sends. */
class SegmentAppendTest {
  @Test
  void the_script_for_pgbench_holds_the_very_statement() throws IOException {
    String script =
        Files.readAllLines(Path.of("src", "test", "pgbench", "append.sql")).stream()
            .filter(line -> !line.startsWith("--") && !line.startsWith("\\"))
            .collect(Collectors.joining("\n"))
            .replaceAll("'[^']*'|:\\w+", "?")
            .replace(";", "");

    assertEquals(inOneLine(Schema.ofSearchPath().in(SegmentAppend.STATEMENT)), inOneLine(script));
  }

  private static String inOneLine(String statement) {
    return statement.strip().replaceAll("\\s+", " ");
  }
}
