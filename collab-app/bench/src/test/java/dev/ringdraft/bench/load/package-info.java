@NullMarked
package dev.ringdraft.bench.load;

import org.jspecify.annotations.NullMarked;
