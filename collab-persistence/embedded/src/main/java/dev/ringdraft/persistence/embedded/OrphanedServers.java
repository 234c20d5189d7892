package dev.ringdraft.persistence.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The orphaned processes of an earlier server in a database's folder. They outlive a program that
 * was killed, or a server that was killed itself. The caller holds the lock of the data folder, so
 * no server there belongs to a living program.
 *
 * <p>An orphan is a {@code postgres} process whose working directory is the database's folder. A
 * server of another folder can't be mistaken for one, even when a process id was reused.
 */
final class OrphanedServers {
  private static final System.Logger LOG = System.getLogger(OrphanedServers.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final DataFolder folder;

  OrphanedServers(DataFolder folder) {
    this.folder = folder;
  }

  /**
   * Ends them: the server in order if it can, else by force.
   *
   * @param level of the line that names them
   */
  void stop(System.Logger.Level level) throws IOException, InterruptedException {
    List<ProcessHandle> left = find();
    if (!left.isEmpty()) {
      LOG.log(level, "stopping a PostgreSQL that was left behind in {0}", folder.database());
      left.stream().filter(process -> !isChild(process, left)).forEach(Signal::fastShutdown);
      if (!haveEnded(left)) {
        find().forEach(ProcessHandle::destroyForcibly);
        haveEnded(find());
      }
    }
    forgetReusedProcessId();
  }

  private List<ProcessHandle> find() {
    return ProcessHandle.allProcesses().filter(this::isOurs).toList();
  }

  private boolean isOurs(ProcessHandle process) {
    Path seen = Path.of("/proc", Long.toString(process.pid()));
    try {
      return Files.isSameFile(seen.resolve("cwd"), folder.database())
          && Files.readSymbolicLink(seen.resolve("exe")).toString().contains("/bin/postgres");
    } catch (AccessDeniedException hidden) {
      return isOursByItsCommand(seen.resolve("cmdline"));
    } catch (IOException ended) {
      return false;
    }
  }

  /** For a server that runs as nobody, where even root may not look at working directories. */
  private boolean isOursByItsCommand(Path commandLine) {
    try {
      List<String> command = Arrays.asList(Files.readString(commandLine).split("\0"));
      return command.getFirst().endsWith("/bin/postgres")
          && command.contains(folder.database().toString());
    } catch (IOException ended) {
      return false;
    }
  }

  private static boolean isChild(ProcessHandle process, List<ProcessHandle> others) {
    return process.parent().filter(others::contains).isPresent();
  }

  private static boolean haveEnded(List<ProcessHandle> processes) throws InterruptedException {
    CompletableFuture<?>[] ends =
        processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillThere) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * PostgreSQL refuses to start while the process that its pid file names is alive, and after a
   * crash that number may belong to any other program. The file also guards against backends that
   * outlived their server; there are none, or they would have been found.
   */
  private void forgetReusedProcessId() throws IOException {
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      return;
    }
    Path pidFile = folder.database().resolve("postmaster.pid");
    if (PidFile.read(pidFile).flatMap(PidFile::process).isPresent() && find().isEmpty()) {
      Files.delete(pidFile);
    }
  }
}
