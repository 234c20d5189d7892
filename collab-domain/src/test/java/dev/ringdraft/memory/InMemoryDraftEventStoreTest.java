package dev.ringdraft.memory;

import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftEventStoreContract;

final class InMemoryDraftEventStoreTest extends DraftEventStoreContract {
  private final InMemoryDraftEventStore store = new InMemoryDraftEventStore();

  @Override
  protected DraftEventStore store() {
    return store;
  }
}
