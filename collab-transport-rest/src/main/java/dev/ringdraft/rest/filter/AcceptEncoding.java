package dev.ringdraft.rest.filter;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The content codings that a request accepts (RFC 9110, section 12.5.3). */
public final class AcceptEncoding {
  private AcceptEncoding() {}

  /**
   * Whether gzip is accepted, by its name or by {@code *}; its own weight counts.
   *
   * @param header the fields {@code Accept-Encoding}, joined by commas; null when there is none
   */
  public static boolean allowsGzip(@Nullable String header) {
    if (header == null) {
      return false;
    }
    boolean any = false;
    for (String member : header.split(",", -1)) {
      String[] parts = member.split(";", -1);
      String coding = parts[0].strip().toLowerCase(Locale.ROOT);
      boolean wanted = !isRefused(parts);
      if (coding.equals("gzip") || coding.equals("x-gzip")) {
        return wanted;
      }
      any |= coding.equals("*") && wanted;
    }
    return any;
  }

  private static boolean isRefused(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].strip().toLowerCase(Locale.ROOT).matches("q=0(\\.0{0,3})?")) {
        return true;
      }
    }
    return false;
  }
}
