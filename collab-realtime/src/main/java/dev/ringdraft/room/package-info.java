/**
 * Rooms: who watches a draft, and how every one of them gets each event once and in order.
 *
 * <p>A {@link dev.ringdraft.room.RoomHub} opens a room for each draft that is watched. A room keeps
 * the draft's last events, encoded once. A {@link dev.ringdraft.room.Subscriber} is a cursor: it
 * knows the last revision that it was sent, has one write open at most, and goes on from the room's
 * events or, further behind, from the log. Nothing that happens to one subscriber holds up another,
 * or the thread that commits. No socket, no JSON and no database are known here.
 */
@NullMarked
package dev.ringdraft.room;

import org.jspecify.annotations.NullMarked;
