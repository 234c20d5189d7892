@NullMarked
package dev.ringdraft.bench.check;

import org.jspecify.annotations.NullMarked;
