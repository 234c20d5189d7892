@NullMarked
package dev.ringdraft.architecture;

import org.jspecify.annotations.NullMarked;
