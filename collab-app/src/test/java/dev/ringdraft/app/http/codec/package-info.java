/** The request codec against bytes that nobody would send in good faith. */
@NullMarked
package dev.ringdraft.app.http.codec;

import org.jspecify.annotations.NullMarked;
