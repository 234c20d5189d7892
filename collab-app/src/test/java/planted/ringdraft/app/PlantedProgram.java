package planted.ringdraft.app;

/** Is there to be known by those who may not. */
public record PlantedProgram(String name) {}
