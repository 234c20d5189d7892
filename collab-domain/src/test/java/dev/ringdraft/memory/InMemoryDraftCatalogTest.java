package dev.ringdraft.memory;

import dev.ringdraft.contract.DraftCatalogContract;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.view.DraftCatalog;

final class InMemoryDraftCatalogTest extends DraftCatalogContract {
  private final InMemoryDraftEventStore store = new InMemoryDraftEventStore();

  @Override
  protected DraftEventStore store() {
    return store;
  }

  @Override
  protected DraftCatalog catalog() {
    return store;
  }
}
