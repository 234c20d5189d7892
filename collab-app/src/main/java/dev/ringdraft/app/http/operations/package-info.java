/** Endpoints for operators: liveness, readiness and metrics. */
@NullMarked
package dev.ringdraft.app.http.operations;

import org.jspecify.annotations.NullMarked;
