package dev.ringdraft.draft;

import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.SegmentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The command that starts a draft.
 *
 * @param actor becomes the creator and the first holder of the ring
 * @param initialSegment the first segment's text; null for a draft that starts empty
 * @param initialSegmentId the id that the first segment gets, if there is one
 */
public record CreateDraft(
    UserId actor,
    Instant at,
    String title,
    @Nullable Platform platform,
    @Nullable String initialSegment,
    SegmentId initialSegmentId) {}
