package dev.ringdraft.presence;

import dev.ringdraft.member.UserId;

/**
 * A connection of a user.
 *
 * @param key distinguishes the connections of a user, by identity or equality
 */
public record UserConnection(UserId user, Object key) {}
