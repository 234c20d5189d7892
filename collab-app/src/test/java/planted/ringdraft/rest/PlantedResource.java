package planted.ringdraft.rest;

/** Knows the program that is to know it. */
public record PlantedResource(planted.ringdraft.app.PlantedProgram program) {}
