package dev.ringdraft.presence;

import dev.ringdraft.member.UserId;
import java.time.Instant;

/**
 * Somebody who is here.
 *
 * @param connections how many they have open; 1 or more
 * @param since when the first of them was opened
 * @param activity typing, when they type in one of them
 */
public record Present(UserId user, int connections, Instant since, Activity activity) {}
