package example.drafts;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.Outcome;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftCommand.PassRing;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.segment.SegmentId;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Drafts over HTTP. The header stands for the authentication of the service. */
@RestController
@RequestMapping("/drafts")
class DraftController {
  private static final String USER = "X-User-Id";

  private final DraftCommands commands;
  private final Database database;

  DraftController(DraftCommands commands, Database database) {
    this.commands = commands;
    this.database = database;
  }

  @PostMapping
  ResponseEntity<String> create(@RequestHeader(USER) UserId user, @RequestParam String title) {
    NewDraft draft = NewDraft.titled(title);
    CreateDraft create = new CreateDraft(user, database.clock().instant(), draft);
    return answer(commands.create(create, CommandOptions.none()));
  }

  @GetMapping("/{id}")
  ResponseEntity<List<String>> texts(@PathVariable DraftId id, @RequestHeader(USER) UserId user) {
    return ResponseEntity.of(
        database
            .catalog()
            .view(id, user)
            .map(view -> view.segments().stream().map(Segment::content).toList()));
  }

  @PostMapping("/{id}/members")
  ResponseEntity<String> add(
      @PathVariable DraftId id, @RequestHeader(USER) UserId user, @RequestParam UserId member) {
    return handle(
        id, new AddCollaborator(user, database.clock().instant(), member, Role.CONTRIBUTOR));
  }

  @PostMapping("/{id}/segments")
  ResponseEntity<String> append(
      @PathVariable DraftId id, @RequestHeader(USER) UserId user, @RequestParam String text) {
    NewSegment segment = new NewSegment(new SegmentId(UUID.randomUUID().toString()), text);
    return handle(id, new AppendSegment(user, database.clock().instant(), segment, null));
  }

  @PostMapping("/{id}/pass")
  ResponseEntity<String> pass(
      @PathVariable DraftId id, @RequestHeader(USER) UserId user, @RequestParam UserId to) {
    return handle(id, new PassRing(user, database.clock().instant(), to, null));
  }

  private ResponseEntity<String> handle(DraftId id, DraftCommand command) {
    return answer(commands.handle(id, command, CommandOptions.none()));
  }

  private static ResponseEntity<String> answer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Committed committed -> ResponseEntity.ok(committed.draft().value());
      case Outcome.Refused refused -> refusal(refused.rejection());
      case Outcome.KeyReused reused -> refusal(reused);
      case Outcome.PreconditionFailed failed -> refusal(failed);
      case Outcome.Contended contended -> refusal(contended);
    };
  }

  private static ResponseEntity<String> refusal(Object reason) {
    return ResponseEntity.status(HttpStatus.CONFLICT).body(reason.getClass().getSimpleName());
  }
}
