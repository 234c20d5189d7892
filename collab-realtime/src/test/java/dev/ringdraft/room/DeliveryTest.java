package dev.ringdraft.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.presence.PresenceState;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class DeliveryTest {
  /** Frames of three bytes, compressed to one. */
  private static final class CountingEncoder implements FrameEncoder {
    final AtomicInteger compressions = new AtomicInteger();

    @Override
    public ByteBuffer event(RecordedEvent event) {
      return ByteBuffer.allocate(3);
    }

    @Override
    public ByteBuffer presence(PresenceState state) {
      return ByteBuffer.allocate(3);
    }

    @Override
    public ByteBuffer presence(PresenceState.Difference difference) {
      return ByteBuffer.allocate(3);
    }

    @Override
    public ByteBuffer compressed(ByteBuffer frame) {
      compressions.incrementAndGet();
      return ByteBuffer.allocate(1);
    }
  }

  private final CountingEncoder encoder = new CountingEncoder();
  private final Delivery delivery =
      Delivery.ofPresence(encoder.presence(PresenceState.EMPTY), encoder);

  @Test
  void what_nobody_wants_compressed_is_not_compressed() {
    assertEquals(3, delivery.frame().remaining());
    assertNull(delivery.event());
    assertEquals(0, encoder.compressions.get());
  }

  @Test
  void however_many_want_it_at_once_it_is_compressed_once_and_shared() throws Exception {
    CountDownLatch together = new CountDownLatch(8);
    try (ExecutorService viewers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        var unused =
            viewers.submit(
                () -> {
                  together.countDown();
                  together.await();
                  return delivery.compressed();
                });
      }
    }
    assertSame(delivery.compressed(), delivery.compressed());
    assertEquals(1, delivery.compressed().remaining());
    assertEquals(1, encoder.compressions.get());
  }
}
