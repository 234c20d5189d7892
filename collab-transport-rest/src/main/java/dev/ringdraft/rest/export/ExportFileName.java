package dev.ringdraft.rest.export;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The name of an exported file: the letters and digits of the title with hyphens between the words,
 * the revision, and the format, such as {@code The-lighthouse-r12.md}. So it is no path, is hidden
 * nowhere, and is no device of Windows.
 */
public final class ExportFileName {
  /** Of four bytes each they fit into 255 bytes, which file systems allow. */
  private static final int MAX_CODE_POINTS = 50;

  private static final String WITHOUT_LETTERS = "draft";

  private ExportFileName() {}

  /**
   * The value of {@code Content-Disposition} (RFC 6266). A name beyond ASCII comes in {@code
   * filename*} (RFC 8187), and with a plain one for readers that don't know it.
   */
  public static String disposition(String title, long revision, ExportFormat format) {
    String words = words(title);
    String end = "-r%d.%s".formatted(revision, format.extension());
    if (StandardCharsets.US_ASCII.newEncoder().canEncode(words)) {
      return "attachment; filename=\"%s%s\"".formatted(words, end);
    }
    return "attachment; filename=\"%s%s\"; filename*=UTF-8''%s%s"
        .formatted(WITHOUT_LETTERS, end, URLEncoder.encode(words, StandardCharsets.UTF_8), end);
  }

  private static String words(String title) {
    String words = title.replaceAll("[^\\p{L}\\p{M}\\p{N}]+", "-").replaceAll("^-|-$", "");
    int length = words.codePointCount(0, words.length());
    String cut = words.substring(0, words.offsetByCodePoints(0, Math.min(length, MAX_CODE_POINTS)));
    return cut.isEmpty() ? WITHOUT_LETTERS : cut.replaceAll("-$", "");
  }
}
