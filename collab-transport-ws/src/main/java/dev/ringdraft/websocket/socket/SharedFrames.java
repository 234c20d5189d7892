package dev.ringdraft.websocket.socket;

import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.presence.PresenceState;
import dev.ringdraft.room.FrameEncoder;
import dev.ringdraft.websocket.frame.FrameDeflater;
import dev.ringdraft.websocket.frame.Frames;
import dev.ringdraft.wire.EventJson;
import java.nio.ByteBuffer;

/**
 * Encodes events and presence as text frames, once for all subscribers. A frame of 1 KiB or more
 * also has a compressed form.
 */
public final class SharedFrames implements FrameEncoder {
  private final FrameDeflater deflater = new FrameDeflater();

  @Override
  public ByteBuffer event(RecordedEvent event) {
    return Frames.text(EventJson.of(event));
  }

  @Override
  public ByteBuffer presence(PresenceState state) {
    return Frames.text(ServerMessages.presenceState(state));
  }

  @Override
  public ByteBuffer presence(PresenceState.Difference difference) {
    return Frames.text(ServerMessages.presenceDifference(difference));
  }

  @Override
  public ByteBuffer compressed(ByteBuffer frame) {
    return deflater.compressed(frame);
  }
}
