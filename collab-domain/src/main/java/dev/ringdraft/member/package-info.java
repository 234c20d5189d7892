/**
 * Members: the users of a draft and their roles.
 *
 * <p>A {@link dev.ringdraft.member.UserId} is a name and nothing more. {@link
 * dev.ringdraft.member.Members} says who belongs to a draft and who of them may hold the ring; the
 * creator always does. Authentication is no part of the domain.
 */
@NullMarked
package dev.ringdraft.member;

import org.jspecify.annotations.NullMarked;
