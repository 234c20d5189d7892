/**
 * Stories: the real program, its real database, and people who use it over the network as they
 * would.
 */
@NullMarked
package dev.ringdraft.app.story;

import org.jspecify.annotations.NullMarked;
