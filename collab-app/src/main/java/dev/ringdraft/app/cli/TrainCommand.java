package dev.ringdraft.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code train}: makes the AOT cache or the class archive. The launcher names the file to Java. */
@Command(
    name = "train",
    description = {
      "Put a server of its own under load for half a minute, and keep what Java learns beside the program (JDK 25 or"
          + " newer): servers start and warm up faster with it. An older JDK keeps the classes alone, without the load."
    },
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  private final Commands commands;

  @Option(
      names = "--classes",
      description = "keep the classes alone, in some seconds: servers start faster with them")
  private boolean classes;

  TrainCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Integer call() {
    return commands.train(!classes).code();
  }
}
