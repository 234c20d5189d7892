package planted.ringdraft.persistence;

/** Knows the rooms. */
public record PlantedStore(planted.ringdraft.room.PlantedPlace place) {}
