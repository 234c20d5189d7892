/**
 * What the ports of the domain promise, as suites of JUnit: extend the suite of a port and give it
 * the implementation. The suites are judged themselves, against implementations that break one
 * promise each.
 */
@NullMarked
package dev.ringdraft.contract;

import org.jspecify.annotations.NullMarked;
