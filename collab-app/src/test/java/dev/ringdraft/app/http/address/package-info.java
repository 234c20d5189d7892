@NullMarked
package dev.ringdraft.app.http.address;

import org.jspecify.annotations.NullMarked;
