package dev.ringdraft.app.cli;

import dev.ringdraft.app.config.ConfigurationException;
import dev.ringdraft.app.config.KeyOptions;
import dev.ringdraft.bench.BenchCommand;
import dev.ringdraft.bench.history.HistoryCommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program's command line, parsed by picocli: one class for each command, each with {@code
 * --help}. Without a command the options are those of {@code serve}.
 *
 * <p>A call that can't be meant ends with {@link ExitCode#MISUSED} and one line on standard error.
 */
@Command(
    name = RingdraftCommand.NAME,
    description = "A group writes a text together by turns; everyone else watches it happen live.",
    customSynopsis = {ServeCommand.SYNOPSIS, "       ringdraft COMMAND [OPTION ...]"},
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "A key is given as --KEY VALUE or --KEY=VALUE, as an environment variable (COLLAB_HTTP_PORT for http.port), or in",
      "the properties file that --config or COLLAB_CONFIG names. The first of these wins. An empty value counts as not",
      "given.",
      "",
      "Exit codes: 0 done; 1 the server failed to start, stop or train, or a command found a fault; 2 refused arguments or",
      "configuration."
    })
public final class RingdraftCommand {
  static final String NAME = "ringdraft";
  static final int WIDTH = 120;

  private static final int OPTION_WIDTH = 52;
  private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

  private final Commands commands;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param out the stream of requested text
   * @param err the stream of refusals
   */
  public RingdraftCommand(Commands commands, PrintStream out, PrintStream err) {
    this.commands = commands;
    this.out = out;
    this.err = err;
  }

  /**
   * Executes a command. Blocks until its end.
   *
   * @param environment the variables, which may give keys
   */
  public ExitCode execute(List<String> arguments, Map<String, String> environment) {
    List<String> complete = withCommand(arguments);
    CommandLine serve = withKeys(new ServeCommand(commands, environment));
    CommandLine program = new CommandLine(this).addSubcommand(serve);
    if (!complete.getFirst().equals(ServeCommand.NAME)) { // A server starts without the others.
      addOthers(program, serve, environment);
    }
    return ExitCode.of(configured(program).execute(complete.toArray(String[]::new)));
  }

  private static List<String> withCommand(List<String> arguments) {
    if (!arguments.isEmpty()
        && (!arguments.getFirst().startsWith("-") || OWN_OPTIONS.contains(arguments.getFirst()))) {
      return arguments;
    }
    List<String> complete = new ArrayList<>(arguments);
    complete.addFirst(ServeCommand.NAME);
    return complete;
  }

  private static CommandLine withKeys(Object command) {
    CommandLine commandLine = new CommandLine(command);
    KeyOptions.addTo(commandLine.getCommandSpec(), key -> true);
    return commandLine;
  }

  private void addOthers(CommandLine program, CommandLine serve, Map<String, String> environment) {
    CommandLine token = new CommandLine(new TokenCommand(environment));
    KeyOptions.addTo(token.getCommandSpec(), key -> key.key().startsWith(TokenCommand.KEYS));
    program
        .addSubcommand(withKeys(new MigrateCommand(commands, environment)))
        .addSubcommand(withKeys(new CheckCommand(commands, environment)))
        .addSubcommand(withKeys(new VerifyCommand(commands, environment)))
        .addSubcommand(token)
        .addSubcommand(new DoctorCommand())
        .addSubcommand(BenchCommand.commandLine(out, err))
        .addSubcommand(new HistoryCommand())
        .addSubcommand(new TrainCommand(commands))
        .addSubcommand(new CompletionCommand())
        .addSubcommand(new VersionCommand())
        .addSubcommand(new CommandLine.HelpCommand());
    showKeys(program.getCommandSpec().usageMessage(), serve);
  }

  private CommandLine configured(CommandLine program) {
    program
        .getSubcommands()
        .values()
        .forEach(each -> each.getCommandSpec().versionProvider(new ProgramVersion()));
    return KeyOptions.literal(program)
        .setUsageHelpWidth(WIDTH)
        .setUsageHelpLongOptionsMaxWidth(OPTION_WIDTH)
        .setOut(writer(out))
        .setErr(writer(err))
        .setParameterExceptionHandler((misused, given) -> refuse(misused))
        .setExecutionExceptionHandler(
            (fault, command, parsed) -> {
              if (fault instanceof ConfigurationException misused) {
                return refuse(command, misused.getMessage());
              }
              throw fault;
            });
  }

  /** The program's own help lists the options of its default command. */
  private static void showKeys(UsageMessageSpec usage, CommandLine serve) {
    String section = "keys";
    List<String> sections = new ArrayList<>(usage.sectionKeys());
    sections.remove(UsageMessageSpec.SECTION_KEY_OPTION_LIST);
    sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_COMMAND_LIST) + 1, section);
    usage.sectionKeys(sections);
    usage
        .sectionMap()
        .put(
            section,
            help -> help.createHeading("%nOptions of serve:%n") + serve.getHelp().optionList());
  }

  private int refuse(ParameterException misused) {
    CommandLine command = misused.getCommandLine();
    if (misused instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().getFirst();
      if (command.getParent() == null) {
        return refuse(
            command,
            "%s: unknown command (expected: %s)"
                .formatted(first, String.join(", ", command.getSubcommands().keySet())));
      }
      if (command.getCommandSpec().options().stream().allMatch(RingdraftCommand::isOwn)) {
        return refuse(command, first + " (expected: nothing behind it)");
      }
    }
    return refuse(command, KeyOptions.refusal(misused).getMessage());
  }

  private static boolean isOwn(OptionSpec option) {
    return OWN_OPTIONS.contains(option.longestName()) || option.longestName().equals("--classes");
  }

  private int refuse(CommandLine command, @Nullable String message) {
    String name = command.getCommandName();
    boolean isNamed = command.getParent() != null && !name.equals(ServeCommand.NAME);
    err.println(
        "ringdraft: %s%s (see %s--help)"
            .formatted(
                isNamed ? name + ": " : "",
                String.valueOf(message).replaceAll("\\s+", " "),
                isNamed ? "ringdraft %s ".formatted(name) : ""));
    err.flush();
    return ExitCode.MISUSED.code();
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
