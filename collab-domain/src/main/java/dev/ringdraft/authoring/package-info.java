/**
 * Authoring: carrying out what people ask for, exactly once.
 *
 * <p>{@link dev.ringdraft.authoring.DraftCommands} is the one way in which a draft changes. It asks
 * the draft for a decision and the store for permanence, remembers by receipts what it did, and
 * notifies a listener.
 */
@NullMarked
package dev.ringdraft.authoring;

import org.jspecify.annotations.NullMarked;
