@NullMarked
package dev.ringdraft.app.cli;

import org.jspecify.annotations.NullMarked;
