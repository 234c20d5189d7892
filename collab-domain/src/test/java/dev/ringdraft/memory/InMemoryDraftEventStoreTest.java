package dev.ringdraft.memory;

import dev.ringdraft.contract.DraftEventStoreContract;
import dev.ringdraft.eventstore.DraftEventStore;

final class InMemoryDraftEventStoreTest extends DraftEventStoreContract {
  private final InMemoryDraftEventStore store = new InMemoryDraftEventStore();

  @Override
  protected DraftEventStore store() {
    return store;
  }
}
