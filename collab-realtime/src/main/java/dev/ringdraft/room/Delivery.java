package dev.ringdraft.room;

import dev.ringdraft.eventstore.RecordedEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Something that subscribers are sent: encoded once, and framed once in each format that some
 * subscriber reads. The bytes are shared by all of them. A transport that sends text, and no bytes
 * of its own, takes {@link #text}, which is shared, too.
 *
 * <p>Safe for use by many threads. A frame or text that exists is found without a lock.
 */
public final class Delivery {
  /** The bytes before the payload, where one format may put its header and need not copy. */
  private static final int HEADROOM = 10;

  private final @Nullable RecordedEvent event;
  private final byte[] bytes;

  /** Whether a header stands before the payload; under the lock. */
  private boolean headroomTaken;

  private volatile @Nullable Framed frames;

  /** Null until it is asked for. */
  private volatile @Nullable String text;

  /** A list of frames, the last made first: a delivery has one to three. */
  private record Framed(FrameFormat format, ByteBuffer frame, @Nullable Framed next) {}

  private Delivery(byte[] payload, @Nullable RecordedEvent event) {
    this.event = event;
    this.bytes = new byte[HEADROOM + payload.length];
    System.arraycopy(payload, 0, bytes, HEADROOM, payload.length);
  }

  static Delivery of(RecordedEvent event, PayloadEncoder encoder) {
    return new Delivery(encoder.event(event), event);
  }

  static Delivery ofPresence(byte[] payload) {
    return new Delivery(payload, null);
  }

  /** The event that it carries; null for presence. */
  public @Nullable RecordedEvent event() {
    return event;
  }

  /** The JSON in UTF-8, without a frame; read only. */
  public ByteBuffer payload() {
    return ByteBuffer.wrap(bytes, HEADROOM, size()).asReadOnlyBuffer();
  }

  /** The JSON, which is one text message; made when it is first asked for, and then shared. */
  public String text() {
    String known = text;
    return known == null ? decode() : known;
  }

  private synchronized String decode() {
    String known = text;
    if (known == null) {
      known = new String(bytes, HEADROOM, size(), StandardCharsets.UTF_8);
      text = known;
    }
    return known;
  }

  /** Of the payload, in bytes; this is what limits measure. */
  int size() {
    return bytes.length - HEADROOM;
  }

  /**
   * The frame of a format, ready to be read from its position to its limit; read only, so it is
   * read in duplicates.
   */
  public ByteBuffer as(FrameFormat format) {
    ByteBuffer known = find(format);
    return known == null ? make(format) : known;
  }

  @SuppressWarnings("ReferenceEquality") // a format is known by its identity
  private @Nullable ByteBuffer find(FrameFormat format) {
    for (Framed each = frames; each != null; each = each.next()) {
      if (each.format() == format) {
        return each.frame();
      }
    }
    return null;
  }

  private synchronized ByteBuffer make(FrameFormat format) {
    ByteBuffer known = find(format);
    if (known != null) {
      return known;
    }
    ByteBuffer made = format.frame(this).asReadOnlyBuffer();
    frames = new Framed(format, made, frames);
    return made;
  }

  /**
   * The payload behind a header, for a {@link FrameFormat}: without a copy for the first format
   * whose header is short enough.
   */
  public synchronized ByteBuffer behind(ByteBuffer header) {
    int length = header.remaining();
    if (headroomTaken || length > HEADROOM) {
      return ByteBuffer.allocate(length + size()).put(header).put(payload()).flip();
    }
    headroomTaken = true;
    int start = HEADROOM - length;
    header.get(bytes, start, length);
    return ByteBuffer.wrap(bytes, start, length + size()).slice();
  }
}
