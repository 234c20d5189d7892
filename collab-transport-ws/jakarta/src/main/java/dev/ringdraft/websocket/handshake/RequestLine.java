package dev.ringdraft.websocket.handshake;

import org.jspecify.annotations.Nullable;

/**
 * The first line of a request (RFC 9112, section 3).
 *
 * @param path not decoded
 * @param query not decoded; null when there is none
 */
public record RequestLine(String method, String path, @Nullable String query, boolean isHttp11) {}
