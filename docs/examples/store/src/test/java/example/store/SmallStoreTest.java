package example.store;

import dev.ringdraft.contract.DraftEventStoreContract;
import dev.ringdraft.eventstore.DraftEventStore;

// begin contract
class SmallStoreTest extends DraftEventStoreContract {
  private final DraftEventStore store = new SmallStore();

  @Override
  protected DraftEventStore store() {
    return store;
  }
}
// end contract
