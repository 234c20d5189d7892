@NullMarked
package dev.ringdraft.app;

import org.jspecify.annotations.NullMarked;
