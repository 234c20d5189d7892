/** The site: the static pages, their security headers, and cross-origin rules for the API. */
@NullMarked
package dev.ringdraft.app.http.site;

import org.jspecify.annotations.NullMarked;
