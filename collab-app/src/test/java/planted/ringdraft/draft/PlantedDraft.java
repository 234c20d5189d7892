package planted.ringdraft.draft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import planted.ringdraft.rest.PlantedResource;
import planted.ringdraft.ring.PlantedRing;

/** Knows an adapter, asks the clock, reads a file, and goes round in a circle with the ring. */
public record PlantedDraft(PlantedRing ring, PlantedResource resource) {
  public Instant startedAt() {
    return Instant.now();
  }

  public String text() throws IOException {
    return Files.readString(Path.of("draft"));
  }
}
