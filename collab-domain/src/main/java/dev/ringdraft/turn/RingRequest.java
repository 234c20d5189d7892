package dev.ringdraft.turn;

import dev.ringdraft.member.UserId;
import java.time.Instant;

/**
 * A member's recorded wish to hold the ring.
 *
 * @param requestedAt when it was accepted
 */
public record RingRequest(UserId user, Instant requestedAt) {}
