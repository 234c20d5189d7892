package planted.ringdraft.room;

/** Is there to be known by those who may not. */
public record PlantedPlace(String name) {}
