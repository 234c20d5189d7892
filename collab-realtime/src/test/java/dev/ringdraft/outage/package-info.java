/** Tests of the log of outages. */
@NullMarked
package dev.ringdraft.outage;

import org.jspecify.annotations.NullMarked;
