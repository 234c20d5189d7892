/** Network addresses: ranges, loopback, and the proxies that the server trusts. */
@NullMarked
package dev.ringdraft.app.http.address;

import org.jspecify.annotations.NullMarked;
