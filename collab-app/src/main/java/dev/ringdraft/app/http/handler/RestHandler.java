package dev.ringdraft.app.http.handler;

import dev.ringdraft.rest.config.RestPaths;
import java.io.IOException;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpContainer;
import org.glassfish.jersey.server.ContainerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** The REST resources, as they mount themselves. */
public final class RestHandler implements RequestHandler, AutoCloseable {
  private final GrizzlyHttpContainer container;

  public RestHandler(ResourceConfig application) {
    container = ContainerFactory.createContainer(GrizzlyHttpContainer.class, application);
    container.start();
  }

  @Override
  public boolean answers(String path) {
    return RestPaths.MOUNTS.stream()
        .map(pattern -> pattern.substring(0, pattern.length() - 1))
        .anyMatch(prefix -> path.startsWith(prefix) || (path + "/").equals(prefix));
  }

  @Override
  public boolean asksForBody() {
    return true;
  }

  @Override
  public void answer(Request request, Response response) throws IOException {
    container.service(request, response);
  }

  @Override
  public void close() {
    container.destroy();
  }
}
