package dev.ringdraft.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code train}: makes the AOT cache. The launcher names the file to Java. */
@Command(
    name = "train",
    description = {
      "Put a server of its own under load for half a minute, and keep what Java learns beside the program (JDK 25 or"
          + " newer): servers start and warm up faster with it."
    },
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  private final Commands commands;

  TrainCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Integer call() {
    return commands.train().code();
  }
}
