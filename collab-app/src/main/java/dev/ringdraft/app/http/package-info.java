/**
 * The listener: one port for pages, REST, WebSocket and health.
 *
 * <p>{@link dev.ringdraft.app.http.codec.StrictHttpCodec} parses requests and lets through only
 * those whose form nobody can read in two ways ({@link
 * dev.ringdraft.app.http.codec.RequestSyntax}). {@link dev.ringdraft.app.http.Router} hands a
 * request to the first part of the server whose it is: REST, {@link
 * dev.ringdraft.app.http.operations.Health}, {@link dev.ringdraft.app.http.site.Pages}. {@link
 * dev.ringdraft.app.http.Listener} puts them on a Grizzly server with a virtual thread a request,
 * and stops it in order. Whatever goes wrong here is a problem (RFC 9457), as in REST.
 */
@NullMarked
package dev.ringdraft.app.http;

import org.jspecify.annotations.NullMarked;
