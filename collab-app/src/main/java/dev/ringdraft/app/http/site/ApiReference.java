package dev.ringdraft.app.http.site;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.ringdraft.app.http.handler.RequestHandler;
import dev.ringdraft.rest.request.RequestRoute;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * The descriptions of the API, {@code /openapi.yaml} and {@code /asyncapi.yaml}, and {@code
 * /api.html}, a page that shows both to people. The first request reads them, so a start does not
 * wait for them.
 */
public final class ApiReference implements RequestHandler {
  private static final String OPENAPI = "/openapi.yaml";
  private static final String ASYNCAPI = "/asyncapi.yaml";
  private static final String STYLE = "/api.css";
  private static final String PAGE = "/api.html";
  private static final Set<String> PATHS = Set.of(OPENAPI, ASYNCAPI, STYLE, PAGE);
  private static final String FOLDER = "/api";

  /** Read by the first request. */
  private static final class Loaded {
    private static final Pages PAGES = load();
  }

  private static Pages load() {
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    try {
      byte[] openApi = resource(OPENAPI);
      byte[] asyncApi = resource(ASYNCAPI);
      String page = new ApiPage(yaml.readTree(openApi), yaml.readTree(asyncApi)).html();
      return new Pages(
          Map.of(
              OPENAPI,
              Page.of(OPENAPI, openApi),
              ASYNCAPI,
              Page.of(ASYNCAPI, asyncApi),
              STYLE,
              Page.of(STYLE, resource(STYLE)),
              PAGE,
              Page.of(PAGE, page.getBytes(StandardCharsets.UTF_8))));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ApiReference.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IOException(FOLDER + name + " is missing in the program");
      }
      return in.readAllBytes();
    }
  }

  @Override
  public boolean answers(String path) {
    return PATHS.contains(path);
  }

  @Override
  public RequestRoute route(String path) {
    return Pages.ROUTE;
  }

  @Override
  public boolean asksForBody() {
    return true;
  }

  @Override
  public void answer(Request request, Response response) throws IOException {
    Loaded.PAGES.answer(request, response);
  }
}
