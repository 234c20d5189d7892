package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.wire.EventJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers who change between pages, polls and streams while somebody writes. */
class SwitchingTest {
  private static final int EVENTS = 150;

  private final SharedDraft cast = SharedDraft.on(RestServer.start());
  private final String draft = cast.draft();

  /** What was read so far, as JSON. */
  private final List<String> read = new ArrayList<>();

  @AfterEach
  void stop() {
    cast.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whoever_changes_the_way_loses_nothing_and_sees_nothing_twice(long seed) throws IOException {
    Random random = new Random(seed);
    CompletableFuture<Void> writing = CompletableFuture.runAsync(this::write);
    while (read.size() < 4 + EVENTS && !writing.isCompletedExceptionally()) {
      switch (random.nextInt(3)) {
        case 0 -> page("limit=" + (1 + random.nextInt(5)));
        case 1 -> page("wait=5&limit=" + (1 + random.nextInt(5)));
        default -> stream(1 + random.nextInt(5));
      }
    }
    writing.join();
    List<String> log =
        cast.server.store().readAfter(new DraftId(draft), 0, 1_000).stream()
            .map(EventJson::of)
            .toList();
    assertEquals(log, read, "seed " + seed);
  }

  private void write() {
    for (int i = 0; i < EVENTS; i++) {
      cast.ana.appends("text " + i, draft).mustBe(201);
    }
  }

  private void page(String query) {
    String path = "/drafts/%s/events?after=%d&%s".formatted(draft, read.size(), query);
    for (JsonNode event : cast.ben.get(path).mustBe(200).json().get("data")) {
      read.add(event.toString());
    }
  }

  private void stream(int most) throws IOException {
    int count = Math.min(most, 4 + EVENTS - read.size());
    String query = draft + "/events?after=" + read.size();
    try (Stream stream = Stream.of(cast.server, "ben", query).begins()) {
      for (String event : stream.events(count)) {
        read.add(event.lines().toList().get(1).substring("data: ".length()));
      }
    }
  }
}
