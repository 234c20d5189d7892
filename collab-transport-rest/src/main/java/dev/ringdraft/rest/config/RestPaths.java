package dev.ringdraft.rest.config;

import java.util.List;

/** The URL paths of the REST interface. */
public final class RestPaths {
  /** The URL patterns to serve: the canonical prefix and its alias. */
  public static final List<String> MOUNTS = List.of("/v1/collab/*", "/api/collab/*");

  /** The path prefix of all resources, without a slash at either end. */
  public static final String BASE = "v1/collab";

  private RestPaths() {}
}
