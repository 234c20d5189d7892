package dev.ringdraft.rest.request;

import java.util.stream.Collectors;
import org.glassfish.jersey.server.ExtendedUriInfo;

/**
 * The resource that a request is for. Callers put into paths what they like; of routes there are a
 * few.
 *
 * @param template such as {@code /v1/collab/drafts/{draft_id}}
 * @param waits whether its answers wait for events, so that their time says nothing about the
 *     server
 */
public record RequestRoute(String template, boolean waits) {
  /** The property of a request, and so its attribute in Grizzly, that holds its route. */
  public static final String PROPERTY = RequestRoute.class.getName();

  /** No resource that is counted apart. */
  public static final RequestRoute OTHER = new RequestRoute("other", false);

  /** The template of the matched resource; empty when none is. */
  public static String templateOf(ExtendedUriInfo uri) {
    return uri.getMatchedTemplates().reversed().stream()
        .map(template -> template.getTemplate().replaceFirst(":[^}]*}", "}"))
        .collect(Collectors.joining());
  }
}
