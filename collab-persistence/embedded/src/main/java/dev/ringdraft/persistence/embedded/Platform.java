package dev.ringdraft.persistence.embedded;

import java.util.Locale;

/**
 * A kind of machine that PostgreSQL is built for.
 *
 * @param system as the system property {@code os.name} says
 * @param processor as the system property {@code os.arch} says
 */
record Platform(String system, String processor) {
  static Platform current() {
    return new Platform(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  /** The class path resource that holds PostgreSQL for this platform, but for how it is packed. */
  String archive() {
    return "/postgres-" + systemName() + "-" + processorName();
  }

  private String systemName() {
    String name = system.toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? "darwin" : name;
  }

  private String processorName() {
    return switch (processor) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      default -> processor;
    };
  }

  @Override
  public String toString() {
    return system + " on " + processor;
  }
}
