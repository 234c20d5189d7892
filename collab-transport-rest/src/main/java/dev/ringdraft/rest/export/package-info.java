/**
 * A draft as a file to take away: {@link dev.ringdraft.rest.export.ExportFormat} lists the formats,
 * {@link dev.ringdraft.rest.export.DraftExport} streams one of them from the log, and {@link
 * dev.ringdraft.rest.export.ExportFileName} names it.
 *
 * <p>Internal: no part of the API.
 */
@NullMarked
package dev.ringdraft.rest.export;

import org.jspecify.annotations.NullMarked;
