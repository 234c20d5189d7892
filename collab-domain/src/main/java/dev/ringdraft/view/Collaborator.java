package dev.ringdraft.view;

import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import java.time.Instant;

/** A member who is not the creator. */
public record Collaborator(UserId user, Role role, Instant joinedAt) {}
