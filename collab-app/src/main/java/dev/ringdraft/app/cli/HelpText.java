package dev.ringdraft.app.cli;

import dev.ringdraft.app.config.Key;

/** How the program is called, written from the table of keys. */
public final class HelpText {
  private static final int KEY_COLUMN =
      java.util.Arrays.stream(Key.values()).mapToInt(each -> each.key().length()).max().orElse(0);

  private HelpText() {}

  /** The whole text, lines ended by {@code \n}. */
  public static String text() {
    StringBuilder text = new StringBuilder(4_000);
    text.append(
        """
        Ringdraft: a group writes a text together by turns; everyone else watches it happen live.

        Usage: ringdraft [serve] [--config FILE] [--KEY VALUE ...]
               ringdraft bench [--NAME=VALUE ...]
               ringdraft train
               ringdraft help | --help
               ringdraft --version

        Each key can be given as --KEY VALUE or --KEY=VALUE, as an environment variable
        (COLLAB_HTTP_PORT for http.port), or in the properties file that --config or
        COLLAB_CONFIG names; the first of these wins. An empty value counts as not given.

        Keys (defaults in brackets):
        """);
    for (Key key : Key.values()) {
      text.append(
          "  %-"
              .concat(KEY_COLUMN + "s  %s%s%n")
              .formatted(key.key(), key.meaning(), fallback(key))
              .replace(System.lineSeparator(), "\n"));
    }
    text.append(
        """

        Bench: puts load on a server, by subscribers that check that they get all events once and in
        order; ringdraft bench --help lists its options.

        Train: a server of its own is put under load for half a minute, and what Java learns by that
        is kept beside the program (JDK 25 or newer). Servers start and warm up faster with it.

        Exit codes: 0 done, 1 could not start, stop or train, or the bench found a fault, 2 called in
        a way that can't be meant.
        """);
    return text.toString();
  }

  private static String fallback(Key key) {
    return key.fallback().isEmpty() ? "" : " [%s]".formatted(key.fallback());
  }
}
