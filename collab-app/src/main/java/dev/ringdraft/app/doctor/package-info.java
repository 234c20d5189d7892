/**
 * Tries how a server is reached through a URL, and through what lies between: {@link
 * dev.ringdraft.app.doctor.Doctor} opens each transport as a browser would, and {@link
 * dev.ringdraft.app.doctor.Finding} says what the network allows.
 */
@NullMarked
package dev.ringdraft.app.doctor;

import org.jspecify.annotations.NullMarked;
