package dev.ringdraft.app;

import dev.ringdraft.app.cli.Commands;
import dev.ringdraft.app.cli.ExitCode;
import dev.ringdraft.app.cli.RingdraftCommand;
import dev.ringdraft.app.config.Configuration;
import dev.ringdraft.app.config.ConfigurationException;
import dev.ringdraft.draft.DraftId;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the shell calls. Standard output gets the requested text, and of a server nothing but the
 * ready line; standard error gets the log, and one line when something can't be done.
 */
public final class Ringdraft {
  private static final Logger LOG = System.getLogger(Ringdraft.class.getName());

  /** Set by a parent that can't pass signals on: the server then ends with its parent. */
  private static final String WITH_PARENT = "RINGDRAFT_WITH_PARENT";

  private final PrintStream out;
  private final PrintStream err;

  Ringdraft(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    Logging.unite();
    System.exit(
        new Ringdraft(System.out, System.err).run(List.of(arguments), System.getenv()).code());
  }

  /** Executes a command; returns at its end. */
  ExitCode run(List<String> arguments, Map<String, String> environment) {
    return new RingdraftCommand(
            new Commands() {
              @Override
              public ExitCode serve(Configuration configuration) {
                if (Boolean.parseBoolean(environment.get(WITH_PARENT))) {
                  GracefulShutdown.withParent();
                }
                return Ringdraft.this.serve(configuration, environment);
              }

              @Override
              public ExitCode migrate(Configuration configuration) {
                return Ringdraft.this.migrate(configuration);
              }

              @Override
              public ExitCode check(Configuration configuration) {
                return Ringdraft.this.check(configuration);
              }

              @Override
              public ExitCode verify(Configuration configuration, @Nullable DraftId draft) {
                return Ringdraft.this.verify(configuration, draft);
              }

              @Override
              public ExitCode train(boolean underLoad) {
                return Ringdraft.this.train(underLoad);
              }
            },
            out,
            err)
        .execute(arguments, environment);
  }

  private void complain(String line) {
    err.println("ringdraft: " + line.replaceAll("\\s+", " "));
    err.flush();
  }

  private ExitCode serve(Configuration configuration, Map<String, String> environment) {
    Logging.configure(configuration.process().log());
    return inOrder(
        ExitCode.DONE,
        stop -> {
          RingdraftServer server = RingdraftServer.start(configuration);
          stop.by(server::close);
          say("ringdraft ready on " + server.url());
          SystemdNotification.ready(environment);
          complain(server.awaitFailure());
          stop.with(ExitCode.FAILED);
          return ExitCode.FAILED;
        });
  }

  private ExitCode migrate(Configuration configuration) {
    Logging.configure(configuration.process().log());
    return inOrder(
        ExitCode.FAILED,
        stop -> {
          SchemaMigration.run(configuration);
          say("the schema of the database is up to date");
          return ExitCode.DONE;
        });
  }

  private ExitCode check(Configuration configuration) {
    Logging.configure(configuration.process().log());
    return new ConfigurationCheck(configuration, this::say, this::complain).run()
        ? ExitCode.DONE
        : ExitCode.FAILED;
  }

  private ExitCode verify(Configuration configuration, @Nullable DraftId draft) {
    Logging.configure(configuration.process().log());
    return inOrder(
        ExitCode.FAILED,
        stop ->
            new LogVerification(configuration, this::say, Progress.on(err)).run(draft)
                ? ExitCode.DONE
                : ExitCode.FAILED);
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  private ExitCode train(boolean underLoad) {
    return inOrder(
        ExitCode.FAILED,
        stop -> {
          AotTraining run = AotTraining.start();
          stop.by(run::close);
          if (!underLoad || run.load()) {
            run.close();
            CdsArchive.leave();
            stop.with(ExitCode.DONE);
          }
          return ExitCode.DONE;
        });
  }

  /** What starts a server, and says so, and what is done with it. */
  @FunctionalInterface
  private interface Work {
    ExitCode upTo(GracefulShutdown stop) throws IOException, InterruptedException;
  }

  private ExitCode inOrder(ExitCode whenTold, Work work) {
    GracefulShutdown stop = GracefulShutdown.whenTold(whenTold);
    try {
      return work.upTo(stop);
    } catch (InterruptedException toldToStop) {
      return ExitCode.DONE;
    } catch (StartException refused) {
      if (stop.isUnderWay()) {
        return ExitCode.DONE;
      }
      complain(String.valueOf(refused.getMessage()));
      return ExitCode.FAILED;
    } catch (ConfigurationException misused) {
      throw misused;
    } catch (IOException | RuntimeException fault) {
      if (stop.isUnderWay()) {
        LOG.log(Level.DEBUG, "The start was interrupted", fault);
        return ExitCode.DONE;
      }
      LOG.log(Level.ERROR, "The server could not start", fault);
      return ExitCode.FAILED;
    } finally {
      stop.never();
    }
  }
}
