package planted.ringdraft.contract;

/** Knows an adapter. */
public record PlantedContract(planted.ringdraft.app.PlantedProgram program) {}
