package dev.ringdraft.room;

import java.time.Duration;

/**
 * How rooms work.
 *
 * @param windowEvents most events that a room keeps encoded
 * @param windowBytes most bytes of frames that a room keeps, its last event aside
 * @param writeBytes most bytes of frames that one write to a viewer carries, its first frame aside
 * @param pageEvents most events of one read from the log
 * @param resumeEvents how far behind the head a viewer may resume; beyond, it needs a snapshot
 * @param stuckAfter how long one write to a viewer may be open
 * @param stuckBytes how many bytes may come to wait for a viewer while one write to it is open
 * @param maxListed how many people of a draft are named at the most; the others are counted
 * @param departureGrace how long somebody who went is still shown
 * @param lingers how long a room stays open for those who come back after the last one went
 * @param gathers the longest rest of a room between telling all of its viewers and telling them
 *     again, so that what is committed meanwhile goes out in one write; zero for none
 * @param tick how often presence is told, and stuck viewers and other servers' commits are looked
 *     for
 */
public record RoomSettings(
    int windowEvents,
    int windowBytes,
    int writeBytes,
    int pageEvents,
    int resumeEvents,
    Duration stuckAfter,
    long stuckBytes,
    int maxListed,
    Duration departureGrace,
    Duration lingers,
    Duration gathers,
    Duration tick) {
  public RoomSettings {
    atLeastOne("windowEvents", windowEvents);
    atLeastOne("windowBytes", windowBytes);
    atLeastOne("writeBytes", writeBytes);
    atLeastOne("pageEvents", pageEvents);
    atLeastOne("resumeEvents", resumeEvents);
    atLeastOne("stuckAfter", stuckAfter.toMillis());
    atLeastOne("stuckBytes", stuckBytes);
    atLeastOne("mostNamed", maxListed);
    atLeastOne("tick", tick.toMillis());
  }

  /**
   * A window of 256 events or 256 KiB, writes of 64 KiB, pages of 100 events, resuming within 1,000
   * events, stuck after 10 s or 1 MiB, 200 people named, missed after 10 s, lingering for 10 s,
   * gathering for 10 ms at the most, a tick each second.
   */
  public static RoomSettings defaults() {
    return new RoomSettings(
        256,
        256 << 10,
        64 << 10,
        100,
        1_000,
        Duration.ofSeconds(10),
        1 << 20,
        200,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofMillis(10),
        Duration.ofSeconds(1));
  }

  /** These settings, but with rooms that stay open for so long after the last one went. */
  public RoomSettings lingering(Duration otherLingers) {
    return new RoomSettings(
        windowEvents,
        windowBytes,
        writeBytes,
        pageEvents,
        resumeEvents,
        stuckAfter,
        stuckBytes,
        maxListed,
        departureGrace,
        otherLingers,
        gathers,
        tick);
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s: %d (expected: 1 or more)".formatted(name, value));
    }
  }
}
