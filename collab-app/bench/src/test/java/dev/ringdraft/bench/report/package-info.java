@NullMarked
package dev.ringdraft.bench.report;

import org.jspecify.annotations.NullMarked;
