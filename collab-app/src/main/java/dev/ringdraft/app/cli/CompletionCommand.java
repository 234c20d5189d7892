package dev.ringdraft.app.cli;

import dev.ringdraft.app.config.KeyOptions;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: prints a script by which a shell completes commands and options. */
@Command(
    name = "completion",
    description = "Print a script with which a shell completes commands and options.",
    footer = {
      "",
      "bash:  source <(ringdraft completion bash)",
      "zsh:   source <(ringdraft completion zsh)"
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Runnable {
  /** The shells that the script is for. It finds out by itself which one reads it. */
  enum Shell {
    bash,
    zsh
  }

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  private @Nullable Shell shell;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec == null || shell == null) {
      throw new IllegalStateException("not parsed by picocli");
    }
    CommandLine program = spec.parent().commandLine();
    KeyOptions.addTo(program.getCommandSpec(), key -> true);
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        switch (shell) {
          case bash, zsh -> AutoComplete.bash(program.getCommandName(), program);
        });
    out.flush();
  }
}
