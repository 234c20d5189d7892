package dev.ringdraft.room;

import dev.ringdraft.eventstore.RecordedEvent;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Something that subscribers are sent: encoded once, its bytes shared by all of them.
 *
 * <p>It has two forms, and a transport chooses for each subscriber. The compressed one is made when
 * it is asked for the first time, and then kept for all.
 *
 * <p>Safe for use by many threads.
 */
public final class Delivery {
  private final ByteBuffer frame;
  private final @Nullable RecordedEvent event;
  private final FrameEncoder encoder;
  private volatile @Nullable ByteBuffer compressed;

  private Delivery(ByteBuffer frame, @Nullable RecordedEvent event, FrameEncoder encoder) {
    this.frame = frame.asReadOnlyBuffer();
    this.event = event;
    this.encoder = encoder;
  }

  static Delivery of(RecordedEvent event, FrameEncoder encoder) {
    return new Delivery(encoder.event(event), event, encoder);
  }

  /** A presence frame of the encoder. */
  static Delivery ofPresence(ByteBuffer frame, FrameEncoder encoder) {
    return new Delivery(frame, null, encoder);
  }

  /**
   * Ready to be read from its position to its limit; read only, so it is read in duplicates. Of the
   * two forms this is the one that is measured.
   */
  public ByteBuffer frame() {
    return frame;
  }

  /** The frame as {@link FrameEncoder#compressed} has it; to be read in the same way. */
  public ByteBuffer compressed() {
    ByteBuffer made = compressed;
    return made == null ? compress() : made;
  }

  private synchronized ByteBuffer compress() {
    ByteBuffer made = compressed;
    if (made == null) {
      made = encoder.compressed(frame).asReadOnlyBuffer();
      compressed = made;
    }
    return made;
  }

  /** The event that it carries; null for a presence frame. */
  public @Nullable RecordedEvent event() {
    return event;
  }

  int bytes() {
    return frame.remaining();
  }
}
