package example.drafts;

import dev.ringdraft.contract.DraftEventStoreContract;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.persistence.Database;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The store keeps its promises with the Hibernate, Flyway, Jackson, pool and driver of Boot. */
@SpringBootTest
class StoreOnManagedVersionsTest extends DraftEventStoreContract {
  @Autowired private Database database;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry properties) {
    Postgres.register(properties);
  }

  @Override
  protected DraftEventStore store() {
    return database.eventStore();
  }
}
