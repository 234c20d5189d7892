package dev.ringdraft.websocket.jakarta;

import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.function.Supplier;

/** Makes an endpoint for each socket, and hands it the request that asked for the socket. */
final class EndpointConfigurator extends ServerEndpointConfig.Configurator {
  private final Supplier<SessionEndpoint> endpoints;

  EndpointConfigurator(Supplier<SessionEndpoint> endpoints) {
    this.endpoints = endpoints;
  }

  @Override
  public <T> T getEndpointInstance(Class<T> type) {
    return type.cast(endpoints.get());
  }

  /** No origin is refused here, where the host that was asked for is not known. */
  @Override
  public boolean checkOrigin(String origin) {
    return true;
  }

  /** A container would compress each frame anew for each client. */
  @Override
  public List<Extension> getNegotiatedExtensions(
      List<Extension> installed, List<Extension> requested) {
    return List.of();
  }

  /** The properties are those of one socket (Jakarta WebSocket 2.1, section 3.1.8). */
  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    UpgradeRequests.keep(config.getUserProperties(), request);
  }
}
