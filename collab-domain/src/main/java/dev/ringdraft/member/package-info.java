/**
 * People: who they are, how they prove it, and what they are in a draft.
 *
 * <p>A {@link dev.ringdraft.member.UserId} is a name and nothing more. {@link
 * dev.ringdraft.member.Members} says who belongs to a draft and who of them may hold the ring; the
 * creator always does. An {@link dev.ringdraft.member.Authenticator} turns what a caller shows into
 * a user.
 */
@NullMarked
package dev.ringdraft.member;

import org.jspecify.annotations.NullMarked;
