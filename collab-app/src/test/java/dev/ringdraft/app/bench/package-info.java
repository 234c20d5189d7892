@NullMarked
package dev.ringdraft.app.bench;

import org.jspecify.annotations.NullMarked;
