package dev.ringdraft.authoring;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.SEGMENT;
import static dev.ringdraft.testing.Cast.TITLE;
import static dev.ringdraft.testing.Cast.later;
import static dev.ringdraft.testing.Commands.add;
import static dev.ringdraft.testing.Commands.append;
import static dev.ringdraft.testing.Commands.appendIn;
import static dev.ringdraft.testing.Commands.begin;
import static dev.ringdraft.testing.Commands.pass;
import static dev.ringdraft.testing.Commands.passIn;
import static dev.ringdraft.testing.Commands.remove;
import static dev.ringdraft.testing.Commands.status;
import static dev.ringdraft.testing.Commands.title;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftChange;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftCommand.UpdateDraft;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.member.Role;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CommandFingerprintTest {

  @Test
  void what_the_server_adds_makes_no_difference() {
    SegmentId other = new SegmentId("other");

    assertEquals(
        CommandFingerprint.of(new AppendSegment(ANA, NOW, new NewSegment(SEGMENT, "words"), 3L)),
        CommandFingerprint.of(
            new AppendSegment(ANA, later(9), new NewSegment(other, "words"), 3L)));
    assertEquals(
        CommandFingerprint.of(
            new CreateDraft(
                ANA, NOW, NewDraft.titled(TITLE).startingWith(new NewSegment(SEGMENT, "Once")))),
        CommandFingerprint.of(
            new CreateDraft(
                ANA,
                later(9),
                NewDraft.titled(TITLE).startingWith(new NewSegment(other, "Once")))));
  }

  @Test
  void whatever_the_caller_says_otherwise_makes_a_difference() {
    List<String> fingerprints =
        List.of(
            CommandFingerprint.of(append(ANA, "words")),
            CommandFingerprint.of(append(ANA, "Words")),
            CommandFingerprint.of(append(ANA, "words ")),
            CommandFingerprint.of(append(ANA, "-")),
            CommandFingerprint.of(append(ANA, "5:words-")),
            CommandFingerprint.of(append(ANA, "words5:words")),
            CommandFingerprint.of(append(ANA, "e\u0301")),
            CommandFingerprint.of(append(ANA, "\u00e9")),
            CommandFingerprint.of(appendIn(1, ANA)),
            CommandFingerprint.of(appendIn(2, ANA)),
            CommandFingerprint.of(appendIn(12, ANA)),
            CommandFingerprint.of(pass(ANA, BEN)),
            CommandFingerprint.of(pass(ANA, CLEO)),
            CommandFingerprint.of(passIn(1, ANA, BEN)),
            CommandFingerprint.of(passIn(2, ANA, BEN)),
            CommandFingerprint.of(add(ANA, BEN, Role.CONTRIBUTOR)),
            CommandFingerprint.of(add(ANA, BEN, Role.VIEWER)),
            CommandFingerprint.of(add(ANA, CLEO, Role.VIEWER)),
            CommandFingerprint.of(remove(ANA, BEN)),
            CommandFingerprint.of(remove(ANA, CLEO)),
            CommandFingerprint.of(title(ANA, "LOCKED")),
            CommandFingerprint.of(status(ANA, DraftStatus.LOCKED)),
            CommandFingerprint.of(status(ANA, DraftStatus.ACTIVE)),
            CommandFingerprint.of(
                new UpdateDraft(ANA, NOW, new DraftChange("LOCKED", DraftStatus.LOCKED, null))),
            CommandFingerprint.of(new UpdateDraft(ANA, NOW, new DraftChange(null, null, null))),
            CommandFingerprint.of(begin(ANA)),
            created("Other", null, null),
            created(TITLE, Platform.BLOG, null),
            created(TITLE, Platform.X, null),
            created(TITLE, null, "BLOG"),
            created(TITLE, null, "words"),
            created(TITLE, Platform.BLOG, "words"),
            created("-", null, "-"),
            created("--", null, null));

    Set<String> different = new HashSet<>(fingerprints);
    assertEquals(fingerprints.size(), different.size());
  }

  @Test
  void a_fingerprint_is_the_same_on_every_server_for_ever() {
    assertEquals(
        "440ef0fe4c0f1a489c49b8623e765810f64041f22d7aaea593cb3a25bb95d165",
        CommandFingerprint.of(append(ANA, "words")));
  }

  private static String created(
      String title, @Nullable Platform platform, @Nullable String initialSegment) {
    return CommandFingerprint.of(
        new CreateDraft(
            ANA,
            NOW,
            new NewDraft(
                title,
                platform,
                initialSegment == null ? null : new NewSegment(SEGMENT, initialSegment),
                null)));
  }
}
