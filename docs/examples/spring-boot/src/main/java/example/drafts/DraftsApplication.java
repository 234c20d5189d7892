package example.drafts;

import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.TurnTimeouts;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.timer.TurnTimer;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;

/** A service with drafts: Spring closes the beans in the reverse order. */
@SpringBootApplication
@EnableWebSocket
public class DraftsApplication {
  public static void main(String[] args) {
    SpringApplication.run(DraftsApplication.class, args);
  }

  // begin beans
  @Bean
  Database database(DataSource connections) {
    return Database.of(connections).schema("drafts").migrate();
  }

  @Bean
  RoomHub rooms(Database database) {
    return RoomHub.builder(database.eventStore()).clock(database.clock()).start();
  }

  @Bean
  DraftCommands commands(Database database, RoomHub rooms) {
    return new DraftCommands(
        database.eventStore(), rooms, DraftLimits.defaults(), IdSource.random());
  }

  @Bean
  TurnTimer timer(Database database, DraftCommands commands) {
    return TurnTimer.builder(
            new TurnTimeouts(commands, database.turnDeadlines(), database.clock()))
        .start();
  }

  @Bean
  WebSocketConfigurer sockets(RoomHub rooms) {
    return registry -> registry.addHandler(new DraftSocketHandler(rooms), "/drafts/*/live");
  }
  // end beans
}
