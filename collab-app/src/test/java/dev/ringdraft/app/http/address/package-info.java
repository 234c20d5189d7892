/** Which address a request counts for behind proxies. */
@NullMarked
package dev.ringdraft.app.http.address;

import org.jspecify.annotations.NullMarked;
