package dev.ringdraft.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code version}: as the option {@code --version}. */
@Command(
    name = "version",
    description = "Print the program's version.",
    mixinStandardHelpOptions = true)
final class VersionCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().printVersionHelp(spec.commandLine().getOut());
    }
  }
}
