@NullMarked
package dev.ringdraft.app.http.codec;

import org.jspecify.annotations.NullMarked;
