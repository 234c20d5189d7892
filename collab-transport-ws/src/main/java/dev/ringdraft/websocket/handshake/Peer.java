package dev.ringdraft.websocket.handshake;

import java.net.InetAddress;

/**
 * Where an upgrade request came from.
 *
 * @param address of the caller
 * @param overTls whether the caller is known to have asked by TLS, of the listener or of a trusted
 *     proxy
 */
public record Peer(InetAddress address, boolean overTls) {}
