package dev.ringdraft.eventstore;

import dev.ringdraft.member.UserId;

/**
 * The name of one command within a draft. A command that is sent again has the same key.
 *
 * @param commandId up to 128 characters; chosen by the actor, or by the server when the actor chose
 *     none; empty for the command that began the draft
 */
public record CommandKey(UserId actor, String commandId) {}
