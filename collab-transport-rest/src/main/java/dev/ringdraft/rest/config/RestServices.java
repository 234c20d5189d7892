package dev.ringdraft.rest.config;

import dev.ringdraft.access.AuditLog;
import dev.ringdraft.access.Authenticator;
import dev.ringdraft.access.ClientAddress;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.view.DraftCatalog;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executor;

/**
 * What the REST resources work with. All of it is safe for use by many threads.
 *
 * @param catalog sees what the store holds
 * @param store the log that the commands write to
 * @param rooms hears of the store's commits
 * @param tasks runs what may wait for the network; a virtual thread a task is meant
 * @param addresses finds the address of a caller without credentials
 * @param trail hears of what is refused and limited
 * @param ids names segments, and requests that come without an id
 * @param clock says when a command reached the server; read to the millisecond, as the store keeps
 *     instants and the wire shows them
 */
public record RestServices(
    DraftCommands commands,
    DraftCatalog catalog,
    DraftEventStore store,
    RoomHub rooms,
    Executor tasks,
    Authenticator authenticator,
    ClientAddress addresses,
    AuditLog trail,
    IdSource ids,
    InstantSource clock,
    RestSettings settings) {
  public RestServices {
    InstantSource exact = clock;
    clock = () -> exact.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
