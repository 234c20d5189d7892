/**
 * The HTTP/1.1 codec, stricter than Grizzly: request syntax, request policy, TLS, bodies without a
 * thread.
 *
 * <p>It exists because Grizzly by itself accepts ambiguous requests (request smuggling) and blocks
 * a thread for each body.
 */
@NullMarked
package dev.ringdraft.app.http.codec;

import org.jspecify.annotations.NullMarked;
