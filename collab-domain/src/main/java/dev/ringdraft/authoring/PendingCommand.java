package dev.ringdraft.authoring;

import dev.ringdraft.draft.Decision;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.DraftHead;
import java.util.Optional;
import java.util.function.Function;

/**
 * A command that is to be carried out.
 *
 * @param fingerprint distinguishes it from another command under the same key
 * @param rules decides on the head that it finds
 */
record PendingCommand(
    DraftId draft,
    CommandKey key,
    String fingerprint,
    CommandOptions options,
    Function<Optional<DraftHead>, Decision> rules) {}
