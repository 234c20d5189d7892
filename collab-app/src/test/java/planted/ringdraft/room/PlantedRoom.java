package planted.ringdraft.room;

import java.util.logging.Logger;

/** Knows a database, and logs in another way than all. */
public record PlantedRoom(planted.ringdraft.persistence.PlantedStore store) {
  public void log() {
    Logger.getAnonymousLogger().fine("planted");
  }
}
