/** What the settings of all modules above the domain have in common: which values they refuse. */
@NullMarked
package dev.ringdraft.settings;

import org.jspecify.annotations.NullMarked;
