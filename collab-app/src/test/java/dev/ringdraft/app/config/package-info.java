/** Every key of the configuration: its default, its limits, and the setting it changes. */
@NullMarked
package dev.ringdraft.app.config;

import org.jspecify.annotations.NullMarked;
