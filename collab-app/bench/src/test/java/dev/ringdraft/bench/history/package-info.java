@NullMarked
package dev.ringdraft.bench.history;

import org.jspecify.annotations.NullMarked;
