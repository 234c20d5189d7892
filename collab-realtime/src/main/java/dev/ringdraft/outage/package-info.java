/**
 * The log of an outage: one line when something that a server depends on begins to fail, and one
 * when it works again.
 *
 * <p>{@link dev.ringdraft.outage.OutageLog} keeps the state. Stores, notifiers and key providers
 * each have one, so that an outage costs two lines and not one for each request.
 */
@NullMarked
package dev.ringdraft.outage;

import org.jspecify.annotations.NullMarked;
