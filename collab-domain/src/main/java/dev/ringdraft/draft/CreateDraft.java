package dev.ringdraft.draft;

import dev.ringdraft.member.UserId;
import java.time.Instant;

/**
 * The command that starts a draft.
 *
 * @param actor becomes the creator and the first holder of the ring
 */
public record CreateDraft(UserId actor, Instant at, NewDraft draft) {}
