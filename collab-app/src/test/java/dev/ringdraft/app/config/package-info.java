@NullMarked
package dev.ringdraft.app.config;

import org.jspecify.annotations.NullMarked;
