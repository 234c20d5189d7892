package dev.ringdraft.rest.stream;

import jakarta.ws.rs.container.AsyncResponse;

/** A response that is still to be given, and the client that it is for. */
public record PendingResponse(AsyncResponse response, ClientDisconnect client) {}
