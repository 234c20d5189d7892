/**
 * A load tool to size a machine: {@code ringdraft bench}. It knows the server by its protocol
 * alone.
 *
 * <p>{@link dev.ringdraft.bench.BenchCommand} reads the command line, {@code load} puts load on the
 * server, {@code check} reads and checks what the server sends, and {@code report} holds the
 * figures.
 */
@NullMarked
package dev.ringdraft.bench;

import org.jspecify.annotations.NullMarked;
