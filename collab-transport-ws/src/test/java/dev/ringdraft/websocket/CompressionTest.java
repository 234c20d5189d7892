package dev.ringdraft.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.websocket.RawClient.Frame;
import dev.ringdraft.wire.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class CompressionTest {
  private static final int FINAL = 0x80;
  private static final int COMPRESSED = 0x40;
  private static final int TEXT = 1;
  private static final int PING = 9;
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
  private static final byte[] PING_MESSAGE = utf8("{\"type\":\"ping\"}");

  private static LiveServer server;
  private static DraftId draft;

  @BeforeAll
  static void start() throws Exception {
    server = new LiveServer();
    draft = server.draft();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static RawClient plain() throws IOException {
    RawClient client = new RawClient(server);
    client.handshake("GET /v1/ws/drafts/" + draft + "?presence=false HTTP/1.1");
    assertConnected(client);
    return client;
  }

  private static RawClient compressing() throws IOException {
    RawClient client =
        new RawClient(server)
            .with("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
    String head = client.handshake("GET /v1/ws/drafts/" + draft + "?presence=false HTTP/1.1");
    assertTrue(
        head.toLowerCase(Locale.ROOT)
            .contains(
                "sec-websocket-extensions: permessage-deflate; server_no_context_takeover;"
                    + " client_no_context_takeover\r\n"),
        head);
    assertConnected(client);
    return client;
  }

  private static void assertConnected(RawClient client) throws IOException {
    Frame first = client.greeting();
    assertFalse(first.isCompressed());
    assertTrue(new String(first.payload(), StandardCharsets.UTF_8).contains("\"connected\""));
  }

  private static void assertPong(RawClient client) throws IOException {
    String said = new String(client.frame(TEXT), StandardCharsets.UTF_8);
    assertTrue(said.contains("\"pong\""), said);
  }

  private static byte[] deflated(byte[] message) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(message);
    byte[] room = new byte[message.length + 100];
    int length = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(room, length - TAIL.length);
  }

  private static byte[] inflated(byte[] payload) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(payload);
    all.writeBytes(TAIL);
    inflater.setInput(all.toByteArray());
    byte[] room = new byte[1 << 16];
    int length = inflater.inflate(room);
    inflater.end();
    return Arrays.copyOf(room, length);
  }

  /** Masked, so that unmasking is seen to be done. */
  private static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else {
      frame.write(0x80 | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    }
    byte[] mask = {1, 2, 3, 4};
    frame.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ mask[i % 4]);
    }
    return frame.toByteArray();
  }

  private static void assertClosed(RawClient opened, int code, byte[]... frames)
      throws IOException {
    try (RawClient client = opened) {
      for (byte[] frame : frames) {
        client.send(frame);
      }
      assertEquals(code, client.closeCode());
    }
  }

  @Test
  void a_large_frame_comes_compressed_and_a_small_one_as_it_is() throws Exception {
    try (RawClient compressing = compressing();
        RawClient plain = plain()) {
      server.append(draft, "🐉🐉🐉 W ".repeat(60));
      server.append(draft, "short");
      long head = server.store.heads(List.of(draft)).getOrDefault(draft, 0L);
      byte[] large = utf8(EventJson.of(server.store.readAfter(draft, head - 2, 1).getFirst()));
      Frame came = compressing.nextFrame();
      assertTrue(came.isCompressed());
      assertTrue(came.payload().length < large.length / 2, came.payload().length + " bytes");
      assertArrayEquals(large, inflated(came.payload()));
      assertFalse(compressing.nextFrame().isCompressed());

      Frame alike = plain.nextFrame();
      assertFalse(alike.isCompressed());
      assertArrayEquals(large, alike.payload());
    }
  }

  @Test
  void frames_that_are_joined_in_one_write_are_compressed_each_by_itself() throws Exception {
    DraftId own = server.draft();
    for (int i = 0; i < 20; i++) {
      server.append(own, (i % 2 == 0 ? "🐉🐉🐉 W ".repeat(60) : "short") + i);
    }
    try (RawClient client =
        new RawClient(server).with("Sec-WebSocket-Extensions", "permessage-deflate")) {
      client.handshake("GET /v1/ws/drafts/" + own + "?presence=false&after=2 HTTP/1.1");
      assertConnected(client);
      for (int i = 0; i < 20; i++) {
        Frame came = client.nextFrame();
        assertEquals(i % 2 == 0, came.isCompressed());
        byte[] json = came.isCompressed() ? inflated(came.payload()) : came.payload();
        assertArrayEquals(
            utf8(EventJson.of(server.store.readAfter(own, 2 + i, 1).getFirst())), json);
      }
    }
  }

  @Test
  void a_compressed_message_is_understood_and_so_is_the_next_one() throws Exception {
    try (RawClient client = compressing()) {
      client.send(frame(FINAL | COMPRESSED | TEXT, deflated(PING_MESSAGE)));
      assertPong(client);
      client.send(frame(FINAL | TEXT, PING_MESSAGE));
      assertPong(client);
      client.send(frame(FINAL | COMPRESSED | TEXT, deflated(PING_MESSAGE)));
      assertPong(client);
    }
  }

  @Test
  void a_compressed_message_may_come_byte_by_byte_in_fragments_with_a_ping_between()
      throws Exception {
    byte[] payload = deflated(PING_MESSAGE);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(frame(COMPRESSED | TEXT, Arrays.copyOf(payload, 3)));
    all.writeBytes(frame(FINAL | PING, utf8("x")));
    all.writeBytes(frame(0, new byte[0]));
    all.writeBytes(frame(FINAL, Arrays.copyOfRange(payload, 3, payload.length)));
    try (RawClient client = compressing()) {
      for (byte next : all.toByteArray()) {
        client.send(new byte[] {next});
      }
      assertArrayEquals(utf8("x"), client.frame(10));
      assertPong(client);
    }
  }

  @Test
  void a_block_that_says_it_is_the_last_is_understood() throws Exception {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(PING_MESSAGE);
    deflater.finish();
    byte[] room = new byte[100];
    int length = deflater.deflate(room);
    deflater.end();
    try (RawClient client = compressing()) {
      client.send(frame(FINAL | COMPRESSED | TEXT, Arrays.copyOf(room, length + 1)));
      assertPong(client);
    }
  }

  @Test
  void the_largest_message_may_come_compressed_and_one_byte_more_may_not() throws Exception {
    String largest = "{\"type\":\"ping\",\"fill\":\"" + "x".repeat(4096 - 25) + "\"}";
    assertEquals(4096, largest.length());
    try (RawClient client = compressing()) {
      client.send(frame(FINAL | COMPRESSED | TEXT, deflated(utf8(largest))));
      assertPong(client);
    }
    assertClosed(
        compressing(), 1009, frame(FINAL | COMPRESSED | TEXT, deflated(utf8(largest + " "))));
  }

  @Test
  void a_message_that_inflates_to_gigabytes_is_refused_at_once() throws Exception {
    assertClosed(
        compressing(), 1009, frame(FINAL | COMPRESSED | TEXT, deflated(new byte[3_000_000])));
  }

  @Test
  void what_does_not_inflate_is_refused() throws Exception {
    assertClosed(
        compressing(), 1007, frame(FINAL | COMPRESSED | TEXT, new byte[] {(byte) 0xFF, 1, 2, 3}));
  }

  @Test
  void what_inflates_to_invalid_utf_8_is_refused() throws Exception {
    assertClosed(
        compressing(),
        1007,
        frame(FINAL | COMPRESSED | TEXT, deflated(new byte[] {(byte) 0xC3, 0x28})));
  }

  @Test
  void the_bit_is_refused_where_nothing_was_agreed_on() throws Exception {
    assertClosed(plain(), 1002, frame(FINAL | COMPRESSED | TEXT, deflated(PING_MESSAGE)));
  }

  @Test
  void the_bit_is_refused_on_a_later_fragment_and_on_a_control_frame() throws Exception {
    byte[] payload = deflated(PING_MESSAGE);
    assertClosed(
        compressing(),
        1002,
        frame(COMPRESSED | TEXT, Arrays.copyOf(payload, 3)),
        frame(FINAL | COMPRESSED, Arrays.copyOfRange(payload, 3, payload.length)));
    assertClosed(compressing(), 1002, frame(FINAL | COMPRESSED | PING, new byte[0]));
  }

  @Test
  void the_other_reserved_bits_stay_refused() throws Exception {
    assertClosed(compressing(), 1002, frame(FINAL | COMPRESSED | 0x20 | TEXT, new byte[1]));
    assertClosed(compressing(), 1002, frame(FINAL | 0x10 | TEXT, new byte[1]));
  }
}
