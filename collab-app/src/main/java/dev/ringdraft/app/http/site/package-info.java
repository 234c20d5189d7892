/** The site: the static pages, and cross-origin rules for the API. */
@NullMarked
package dev.ringdraft.app.http.site;

import org.jspecify.annotations.NullMarked;
