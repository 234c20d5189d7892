package dev.ringdraft.app.config;

/**
 * How fast one draft may change.
 *
 * @param commandsPerSecond of all its members, 1 to 1,000,000
 * @param bytesPerSecond of text, 1,024 to 512 MiB
 */
public record DraftRates(int commandsPerSecond, int bytesPerSecond) {
  /** 1,000 commands and 1 MiB a second. */
  public static DraftRates defaults() {
    return new DraftRates(1_000, 1024 * 1024);
  }

  static DraftRates read(GivenValues values) {
    return new DraftRates(
        values.number(Key.LIMIT_DRAFT_COMMANDS, 1, 1_000_000),
        values.number(Key.LIMIT_DRAFT_BYTES, 1_024, 1 << 29));
  }
}
