package dev.ringdraft.authoring;

import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftCommand.PassRing;
import dev.ringdraft.draft.DraftCommand.RemoveCollaborator;
import dev.ringdraft.draft.DraftCommand.RemoveRingRequest;
import dev.ringdraft.draft.DraftCommand.RequestRing;
import dev.ringdraft.draft.DraftCommand.RevokeRing;
import dev.ringdraft.draft.DraftCommand.TimeOutTurn;
import dev.ringdraft.draft.DraftCommand.UpdateCollaborator;
import dev.ringdraft.draft.DraftCommand.UpdateDraft;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.turn.TurnPolicy;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Shows whether two commands ask for the same: a digest of all that the caller said, and of nothing
 * that the server added (instants, ids). 64 hexadecimal digits.
 */
final class CommandFingerprint {
  private CommandFingerprint() {}

  static String of(CreateDraft command) {
    NewDraft draft = command.draft();
    NewSegment initial = draft.initialSegment();
    return digestWith(
        draft.turnPolicy(),
        "create",
        draft.title(),
        draft.platform(),
        initial == null ? null : initial.content());
  }

  static String of(DraftCommand command) {
    return switch (command) {
      case AppendSegment append -> digest("append", append.segment().content(), append.ringTerm());
      case PassRing pass -> digest("pass", pass.to(), pass.ringTerm());
      case RevokeRing revoke -> digest("revoke", revoke.to(), revoke.ringTerm());
      case RequestRing request -> digest("request");
      case RemoveRingRequest remove -> digest("remove_request", remove.user());
      case TimeOutTurn timeOut -> digest("time_out", timeOut.term());
      case AddCollaborator add -> digest("add", add.user(), add.role());
      case RemoveCollaborator remove -> digest("remove", remove.user());
      case UpdateCollaborator update ->
          digest("update_member", update.user(), update.change().role(), update.change().away());
      case UpdateDraft update ->
          digestWith(
              update.change().turnPolicy(),
              "update",
              update.change().title(),
              update.change().status());
    };
  }

  /** A command without a policy has the fingerprint that it had before there were policies. */
  private static String digestWith(@Nullable TurnPolicy policy, @Nullable Object... parts) {
    String digest = digest(parts);
    return policy == null
        ? digest
        : digest(
            "policy",
            digest,
            policy.order(),
            policy.maxSeconds(),
            policy.maxSegments(),
            policy.awayAfterMissed());
  }

  /** Every part is written with its length, so no two lists of parts read the same. */
  private static String digest(@Nullable Object... parts) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      if (part == null) {
        text.append('-');
      } else {
        String value = part.toString();
        text.append(value.length()).append(':').append(value);
      }
    }
    return HexFormat.of()
        .formatHex(Sha256.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
