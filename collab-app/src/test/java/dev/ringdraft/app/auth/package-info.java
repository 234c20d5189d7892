@NullMarked
package dev.ringdraft.app.auth;

import org.jspecify.annotations.NullMarked;
