package dev.ringdraft.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class DeliveryTest {
  private static final String PAYLOAD = "{\"é\":1}";

  private final Delivery delivery = Delivery.ofPresence(PAYLOAD.getBytes(StandardCharsets.UTF_8));

  /** Puts a header before the payload, and counts how often. */
  private static final class Headed implements FrameFormat {
    final AtomicInteger made = new AtomicInteger();
    private final String header;

    Headed(String header) {
      this.header = header;
    }

    @Override
    public ByteBuffer frame(Delivery framed) {
      made.incrementAndGet();
      return framed.behind(ByteBuffer.wrap(header.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static String text(ByteBuffer frame) {
    return StandardCharsets.UTF_8.decode(frame.duplicate()).toString();
  }

  @Test
  void a_delivery_is_framed_in_the_formats_that_are_read_and_in_no_other() {
    Headed read = new Headed("a:");
    Headed unread = new Headed("b:");

    assertEquals("a:" + PAYLOAD, text(delivery.as(read)));

    assertNull(delivery.event());
    assertEquals(PAYLOAD, text(delivery.payload()));
    assertEquals(8, delivery.size());
    assertEquals(0, unread.made.get());
  }

  @Test
  void each_format_has_a_frame_of_its_own_whatever_its_header_and_in_whatever_order() {
    Headed[] formats = {
      new Headed(""), new Headed("0123456789"), new Headed("ab"), new Headed("longer than ten")
    };

    for (int round = 0; round < 2; round++) {
      for (Headed each : formats) {
        assertEquals(each.header + PAYLOAD, text(delivery.as(each)));
        assertTrue(delivery.as(each).isReadOnly());
      }
    }

    for (Headed each : formats) {
      assertEquals(1, each.made.get());
    }
    assertEquals(PAYLOAD, text(delivery.payload()));
  }

  @Test
  void a_format_may_be_made_of_another() {
    Headed inner = new Headed("in:");
    FrameFormat outer = framed -> framed.as(inner).duplicate().position(1);

    assertEquals("n:" + PAYLOAD, text(delivery.as(outer)));
    assertEquals("in:" + PAYLOAD, text(delivery.as(inner)));
    assertEquals(1, inner.made.get());
  }

  @Test
  void the_text_is_made_once_and_shared_whatever_was_framed_before() {
    assertEquals("0123456789" + PAYLOAD, text(delivery.as(new Headed("0123456789"))));

    assertEquals(PAYLOAD, delivery.text());
    assertSame(delivery.text(), delivery.text());
  }

  @Test
  void however_many_read_a_format_at_once_the_frame_is_made_once_and_shared() throws Exception {
    Headed format = new Headed("a:");
    CountDownLatch together = new CountDownLatch(8);
    try (ExecutorService subscribers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        var unused =
            subscribers.submit(
                () -> {
                  together.countDown();
                  together.await();
                  return delivery.as(format);
                });
      }
    }
    assertSame(delivery.as(format), delivery.as(format));
    assertEquals(1, format.made.get());
  }
}
