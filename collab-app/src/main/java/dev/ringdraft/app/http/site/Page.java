package dev.ringdraft.app.http.site;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A file of the browser side, ready to be sent. Its arrays are never changed. */
public final class Page {
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html;charset=utf-8"),
          Map.entry("js", "text/javascript;charset=utf-8"),
          Map.entry("css", "text/css;charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain;charset=utf-8"),
          Map.entry("yaml", "application/yaml"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("webp", "image/webp"),
          Map.entry("woff2", "font/woff2"));

  private final String contentType;
  private final String tag;
  private final byte[] content;
  private final byte @Nullable [] compressed;

  private Page(String contentType, String tag, byte[] content, byte @Nullable [] compressed) {
    this.contentType = contentType;
    this.tag = tag;
    this.content = content;
    this.compressed = compressed;
  }

  public static Page of(String name, byte[] content) {
    String type =
        TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    byte[] compressed = gzip(content);
    return new Page(
        type,
        "\"%s\"".formatted(digest(content)),
        content,
        compressed.length < content.length * 9L / 10 ? compressed : null);
  }

  /** By the file's ending. */
  String contentType() {
    return contentType;
  }

  /** A strong entity tag: changes with the content. */
  String tag() {
    return tag;
  }

  byte[] content() {
    return content;
  }

  /** The content by gzip; null when that saves nothing. */
  byte @Nullable [] compressed() {
    return compressed;
  }

  private static String digest(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new AssertionError(everyPlatformHasIt);
    }
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(content);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return compressed.toByteArray();
  }
}
