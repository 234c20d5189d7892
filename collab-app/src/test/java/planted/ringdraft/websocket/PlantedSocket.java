package planted.ringdraft.websocket;

/** Knows another adapter. */
public record PlantedSocket(planted.ringdraft.rest.PlantedResource resource) {}
