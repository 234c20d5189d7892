/**
 * What the documents say is so: their links, their names and their examples are held to the code.
 */
@NullMarked
package dev.ringdraft.app.docs;

import org.jspecify.annotations.NullMarked;
