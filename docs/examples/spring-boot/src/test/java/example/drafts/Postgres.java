package example.drafts;

import dev.ringdraft.persistence.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.springframework.test.context.DynamicPropertyRegistry;

/** One PostgreSQL for all tests, which the service reaches by its usual properties. */
final class Postgres {
  static final EmbeddedPostgres SERVER = EmbeddedPostgres.start(Path.of("target", "postgres"));

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
  }

  private Postgres() {}

  static void register(DynamicPropertyRegistry properties) {
    properties.add("spring.datasource.url", SERVER::url);
    properties.add("spring.datasource.username", SERVER::user);
    properties.add("spring.datasource.password", SERVER::password);
  }
}
