package dev.ringdraft.rest.problem;

import dev.ringdraft.access.RequestId;
import jakarta.ws.rs.core.MultivaluedMap;

/** Reads the id that every request has in its header fields once the request id filter has run. */
public final class RequestIds {
  private RequestIds() {}

  /** The id of the request with these header fields. */
  public static String of(MultivaluedMap<String, String> headers) {
    return String.valueOf(headers.getFirst(RequestId.HEADER));
  }
}
