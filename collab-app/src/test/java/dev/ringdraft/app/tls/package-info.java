@NullMarked
package dev.ringdraft.app.tls;

import org.jspecify.annotations.NullMarked;
