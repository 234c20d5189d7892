package dev.ringdraft.rest.config;

import dev.ringdraft.access.AccessServices;
import dev.ringdraft.authoring.IdSource;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** What the REST resources work with. Immutable, and safe for use by many threads. */
public final class RestServices {
  private final DraftServices drafts;
  private final AccessServices access;
  private final RestSettings settings;
  private final IdSource ids;
  private final InstantSource clock;
  private final Executor tasks;

  private RestServices(Builder from) {
    drafts = from.drafts;
    access = from.access;
    settings = from.settings;
    ids = from.ids;
    clock = from.clock;
    tasks = from.tasks;
  }

  /** A builder of services. */
  public static Builder builder(DraftServices drafts, AccessServices access) {
    return new Builder(drafts, access);
  }

  public DraftServices drafts() {
    return drafts;
  }

  public AccessServices access() {
    return access;
  }

  public RestSettings settings() {
    return settings;
  }

  /** Names segments, and requests that come without an id. */
  public IdSource ids() {
    return ids;
  }

  /** Says when a command reached the server. */
  public InstantSource clock() {
    return clock;
  }

  /** Runs what may wait for the network. */
  public Executor tasks() {
    return tasks;
  }

  /** Builds services; for one thread. */
  public static final class Builder {
    private final DraftServices drafts;
    private final AccessServices access;
    private RestSettings settings = RestSettings.defaults();
    private IdSource ids = IdSource.random();
    private InstantSource clock = InstantSource.system();
    private Executor tasks = task -> Thread.ofVirtual().start(task);

    private Builder(DraftServices drafts, AccessServices access) {
      this.drafts = drafts;
      this.access = access;
    }

    public Builder settings(RestSettings value) {
      settings = value;
      return this;
    }

    /** Names segments, and requests that come without an id; random UUIDs by default. */
    public Builder ids(IdSource value) {
      ids = value;
      return this;
    }

    /** Says when a command reached the server; the system's clock by default. */
    public Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /** Runs what may wait for the network; a virtual thread for each task by default. */
    public Builder tasks(Executor value) {
      tasks = value;
      return this;
    }

    public RestServices build() {
      return new RestServices(this);
    }
  }
}
