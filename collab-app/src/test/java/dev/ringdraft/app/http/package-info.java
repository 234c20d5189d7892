/** The listener over real connections: what it answers, refuses, and bounds. */
@NullMarked
package dev.ringdraft.app.http;

import org.jspecify.annotations.NullMarked;
