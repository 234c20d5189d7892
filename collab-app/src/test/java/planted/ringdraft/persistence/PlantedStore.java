package planted.ringdraft.persistence;

/** Knows another adapter. */
public record PlantedStore(planted.ringdraft.websocket.PlantedSocket socket) {}
