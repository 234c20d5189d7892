package dev.ringdraft.app.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/**
 * What a member may send to break a socket.
 *
 * @param name in words
 * @param bytes one frame or several, as they are sent; characters are bytes (ISO 8859-1)
 * @param code of the close frame that is the answer
 */
record HostileFrames(String name, String bytes, int code) {
  HostileFrames(String name, byte[] bytes, int code) {
    this(name, new String(bytes, StandardCharsets.ISO_8859_1), code);
  }

  static List<HostileFrames> all() {
    byte[] none = {};
    byte[] some = bytes("{\"type\":\"ping\"}");
    byte[] unmasked = {(byte) 0x81, 1, 'a'};
    byte[] fragments =
        joined(
            Wire.frame(0x01, new byte[2_000]),
            Wire.frame(0x00, new byte[2_000]),
            Wire.frame(0x00, new byte[2_000]));
    return List.of(
        new HostileFrames("a message too long", Wire.frame(0x81, new byte[5_000]), 1009),
        new HostileFrames("a message in fragments, too long", fragments, 1009),
        new HostileFrames("a length of 2^62", lengthOnly(1L << 62), 1009),
        new HostileFrames("a compressed bomb", Wire.frame(0xC1, deflated(new byte[1 << 20])), 1009),
        new HostileFrames(
            "compression that is none", Wire.frame(0xC1, bytes("\u0007\u0007")), 1007),
        new HostileFrames("binary", Wire.frame(0x82, some), 1003),
        new HostileFrames("invalid UTF-8", Wire.frame(0x81, latin("\u00C0\u00AF")), 1007),
        new HostileFrames("a fragment of nothing", Wire.frame(0x80, some), 1002),
        new HostileFrames(
            "a message inside another",
            joined(Wire.frame(0x01, some), Wire.frame(0x81, some)),
            1002),
        new HostileFrames("a ping in fragments", Wire.frame(0x09, some), 1002),
        new HostileFrames("a ping too long", Wire.frame(0x89, new byte[126]), 1002),
        new HostileFrames("an unknown control frame", Wire.frame(0x8B, none), 1002),
        new HostileFrames("an unknown frame", Wire.frame(0x83, none), 1002),
        new HostileFrames("a reserved bit", Wire.frame(0xA1, some), 1002),
        new HostileFrames("unmasked", unmasked, 1002),
        new HostileFrames(
            "more than ten messages a second",
            joined(Stream.generate(() -> Wire.frame(0x81, some)).limit(50).toArray(byte[][]::new)),
            4503),
        new HostileFrames(
            "more than ten pings a second",
            joined(Stream.generate(() -> Wire.frame(0x89, none)).limit(50).toArray(byte[][]::new)),
            4503),
        new HostileFrames(
            "no JSON, three times",
            joined(
                Stream.generate(() -> Wire.frame(0x81, bytes("[")))
                    .limit(3)
                    .toArray(byte[][]::new)),
            4503));
  }

  private static byte[] joined(byte[]... frames) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(frames).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static byte[] lengthOnly(long length) {
    byte[] frame = new byte[14];
    frame[0] = (byte) 0x81;
    frame[1] = (byte) 0xFF;
    for (int i = 0; i < 8; i++) {
      frame[2 + i] = (byte) (length >> (56 - 8 * i));
    }
    return frame;
  }

  private static byte[] deflated(byte[] content) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(content);
    deflater.finish();
    byte[] compressed = new byte[4_000];
    int length = deflater.deflate(compressed);
    deflater.end();
    return Arrays.copyOf(compressed, length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return name;
  }
}
