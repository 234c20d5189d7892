package dev.ringdraft.app;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A line that says how far a command is, written over itself some times a second. Only on a
 * terminal; else nothing is written. For one thread.
 */
final class Progress {
  private static final long INTERVAL = Duration.ofMillis(200).toNanos();
  private static final String CLEAR = "\r\033[K";

  private final PrintStream terminal;
  private final boolean visible;
  private final LongSupplier nanoTime;
  private long shownAt;
  private boolean shown;

  Progress(PrintStream terminal, boolean visible, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.visible = visible;
    this.nanoTime = nanoTime;
    this.shownAt = nanoTime.getAsLong();
  }

  /** On this stream, if the program's input and output are a terminal. */
  @SuppressWarnings("SystemConsoleNull") // The property below makes it null without a terminal.
  static Progress on(PrintStream stream) {
    // JDK 22 to 24 have a console also without a terminal, unless asked for the one of before.
    System.setProperty("jdk.console", "java.base");
    return new Progress(stream, System.console() != null, System::nanoTime);
  }

  /** Shows the line, unless another was shown just before. */
  void show(String line) {
    long now = nanoTime.getAsLong();
    if (visible && now - shownAt >= INTERVAL) {
      shownAt = now;
      shown = true;
      terminal.print(CLEAR + line);
      terminal.flush();
    }
  }

  /** Clears the line before each line of the result. */
  Consumer<String> before(Consumer<String> lines) {
    return line -> {
      if (shown) {
        shown = false;
        terminal.print(CLEAR);
        terminal.flush();
      }
      lines.accept(line);
    };
  }
}
