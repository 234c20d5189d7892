/** What an embedder gives: services, settings and the URL paths to mount. */
@NullMarked
package dev.ringdraft.rest.config;

import org.jspecify.annotations.NullMarked;
