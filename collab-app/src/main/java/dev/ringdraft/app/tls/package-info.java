/**
 * The server's identity over TLS, read from PEM files.
 *
 * <p>{@link dev.ringdraft.app.tls.PemFiles} are the two files as they were read at one time, {@link
 * dev.ringdraft.app.tls.ServerIdentity} is what they say once it has been found sound, and {@link
 * dev.ringdraft.app.tls.CurrentIdentity} looks at the files again and again and makes the engines
 * of new connections from what they say now.
 */
@NullMarked
package dev.ringdraft.app.tls;

import org.jspecify.annotations.NullMarked;
