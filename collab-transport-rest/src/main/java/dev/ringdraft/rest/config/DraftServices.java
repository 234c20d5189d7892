package dev.ringdraft.rest.config;

import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.view.DraftCatalog;

/**
 * The drafts that the REST resources show and change. All of it is safe for use by many threads.
 *
 * @param catalog sees what the store holds
 * @param store the log that the commands write to
 * @param rooms hears of the store's commits
 */
public record DraftServices(
    DraftCommands commands, DraftCatalog catalog, DraftEventStore store, RoomHub rooms) {}
