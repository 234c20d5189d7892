@NullMarked
package dev.ringdraft.app.http;

import org.jspecify.annotations.NullMarked;
