package dev.ringdraft.rest;

import static dev.ringdraft.testing.Cast.ANA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.UserId;
import dev.ringdraft.rest.stream.LogSlices;
import dev.ringdraft.testing.Events;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.view.DraftView;
import dev.ringdraft.wire.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A member takes a draft away as a file. */
class ExportTest {
  private static final Path EXAMPLES = Path.of("../docs/protocol/export");

  private final SharedDraft cast = SharedDraft.on(RestServer.start());

  @AfterEach
  void stop() {
    cast.close();
  }

  private static String example(String name) throws IOException {
    return Files.readString(EXAMPLES.resolve(name));
  }

  /** The draft of the examples, as their events say. */
  private DraftId exampleDraft() throws IOException {
    List<RecordedEvent> log = example("draft.jsonl").lines().map(EventJson::read).toList();
    DraftId draft = log.getFirst().draft();
    cast.server
        .store()
        .append(
            new Commit(
                draft,
                0,
                new CommandKey(ANA, "k"),
                "f",
                DraftView.replay(log).summary(),
                log.stream().map(RecordedEvent::event).toList()));
    return draft;
  }

  @ParameterizedTest
  @CsvSource({
    "'', draft.md, text/markdown;charset=utf-8",
    "?format=md&authors=true, draft.md, text/markdown;charset=utf-8",
    "?authors=false, draft.without-authors.md, text/markdown;charset=utf-8",
    "?format=txt, draft.txt, text/plain;charset=utf-8",
    "?format=txt&authors=false, draft.without-authors.txt, text/plain;charset=utf-8",
    "?format=html, draft.html, text/html;charset=utf-8",
    "?format=html&authors=false, draft.without-authors.html, text/html;charset=utf-8",
    "?format=jsonl, draft.jsonl, application/x-ndjson",
  })
  void each_format_is_as_its_documented_example(String query, String name, String type)
      throws IOException {
    Answer export = cast.ana.get("/drafts/" + exampleDraft() + "/export" + query).mustBe(200);

    assertEquals(example(name), export.body());
    assertEquals(type, export.header("Content-Type"));
    assertEquals(
        "attachment; filename=\"Dusk-dawn-r8.%s\"".formatted(name.replaceFirst(".*\\.", "")),
        export.header("Content-Disposition"));
    assertEquals("no-store", export.header("Cache-Control"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          The lighthouse      | filename="The-lighthouse-r2.txt"
          ../../etc/passwd    | filename="etc-passwd-r2.txt"
          a;b="c";\\d         | filename="a-b-c-d-r2.txt"
          …                   | filename="draft-r2.txt"
          Über uns            | filename="draft-r2.txt"; filename*=UTF-8''%C3%9Cber-uns-r2.txt
          a\u202Egpj.exe      | filename="a-gpj-exe-r2.txt"
          """)
  void a_file_name_is_no_path_and_no_header_field(String title, String expected) {
    String draft = cast.ana.startsADraft();
    cast.ana
        .patch(
            "/drafts/" + draft,
            "{\"title\":\"%s\"}".formatted(title.replace("\\", "\\\\").replace("\"", "\\\"")))
        .mustBe(200);

    assertEquals(
        "attachment; " + expected,
        cast.ana.get("/drafts/" + draft + "/export?format=txt").header("Content-Disposition"));
  }

  @Test
  void a_long_title_is_cut_between_characters() {
    String draft = cast.ana.startsADraft();
    cast.ana.patch("/drafts/" + draft, "{\"title\":\"%s\"}".formatted("𝒜".repeat(99))).mustBe(200);

    assertEquals(
        "attachment; filename=\"draft-r2.md\"; filename*=UTF-8''%s-r2.md"
            .formatted("%F0%9D%92%9C".repeat(50)),
        cast.ana.get("/drafts/" + draft + "/export").header("Content-Disposition"));
  }

  @Test
  void a_sign_of_a_name_that_can_not_be_seen_is_shown_by_its_number() {
    String draft = cast.ana.startsADraft();
    cast.ana.adds("b\u202En", "contributor", draft);
    cast.ana.passesTo("b\u202En", draft).mustBe(200);
    cast.server
        .store()
        .load(new DraftId(draft), ANA)
        .ifPresent(head -> append(head.summary(), Events.segment(new UserId("b\u202En"), 0)));

    assertEquals(
        "@b⟨U+202E⟩n\n\nwords\n",
        cast.ana.get("/drafts/" + draft + "/export?format=txt").mustBe(200).body());
  }

  private void append(DraftSummary head, DraftEvent event) {
    DraftSummary after = head.after(new RecordedEvent(head.id(), head.revision() + 1, event));
    cast.server
        .store()
        .append(
            new Commit(
                head.id(), head.revision(), new CommandKey(ANA, "k"), "f", after, List.of(event)));
  }

  @Test
  void an_empty_draft_has_an_empty_text() {
    String path = "/drafts/" + cast.draft() + "/export";
    assertEquals("", cast.vera.get(path + "?format=txt").mustBe(200).body());
    assertEquals("# Dusk\n", cast.vera.get(path + "?format=md").mustBe(200).body());
  }

  @Test
  void other_values_are_refused_with_those_that_there_are() {
    String path = "/drafts/" + cast.draft() + "/export?";
    cast.ana
        .get(path + "format=pdf")
        .mustRefuse("format", "\"pdf\" (expected: md, txt, html or jsonl)");
    cast.ana
        .get(path + "format=MD")
        .mustRefuse("format", "\"MD\" (expected: md, txt, html or jsonl)");
    cast.ana.get(path + "authors=no").mustRefuse("authors", "\"no\" (expected: true or false)");
    cast.ana
        .get(path + "format=jsonl&authors=false")
        .mustRefuse(
            "authors", "\"false\" (expected: true with jsonl, whose events name their actors)");
    cast.ana.get(path + "format=md&format=txt").mustRefuse("format", "2 of them (expected: 1)");
  }

  @Test
  void a_present_member_alone_takes_a_draft_away() {
    String draft = cast.draft();
    String path = "/drafts/" + draft + "/export";
    cast.ben.get(path).mustBe(200);
    cast.ana.delete("/drafts/" + draft + "/collaborators/ben").mustBe(204);
    cast.ben.get(path).mustBe(ProblemCode.NOT_FOUND);
    cast.stranger.get(path).mustBe(ProblemCode.NOT_FOUND);
    cast.stranger.get("/drafts/no-such/export").mustBe(ProblemCode.NOT_FOUND);
  }

  @Test
  void a_long_draft_is_read_in_slices() {
    String draft = longDraft();
    Answer export = cast.ana.get("/drafts/" + draft + "/export?format=jsonl").mustBe(200);

    assertEquals(
        cast.server.store().readAfter(new DraftId(draft), 0, 5_000).stream()
            .map(event -> EventJson.of(event) + "\n")
            .collect(Collectors.joining()),
        export.body());
  }

  @Test
  void an_export_that_breaks_off_does_not_look_like_a_whole_one() {
    String path = "/drafts/" + longDraft() + "/export?format=jsonl";
    int headAndTwoSlices = 3;
    cast.server.store().failReadsAfter(headAndTwoSlices);

    CompletionException cut =
        assertThrows(CompletionException.class, () -> cast.ana.starts(path).join());

    assertInstanceOf(IOException.class, cut.getCause());
    assertEquals(LogSlices.SLICE, cast.server.store().longestRead());
  }

  @Test
  void an_export_that_can_not_even_begin_is_a_problem_like_any_other() {
    String path = "/drafts/" + cast.draft() + "/export";
    int head = 1;
    cast.server.store().failReadsAfter(head);

    cast.ana.get(path).mustBe(ProblemCode.UNAVAILABLE);
  }

  /** A draft of more than two slices. */
  private String longDraft() {
    String draft = cast.ana.startsADraft();
    for (int revision = 2; revision <= 2 * LogSlices.SLICE + 7; revision++) {
      cast.ana.appends("x", draft).mustBe(201);
    }
    return draft;
  }
}
