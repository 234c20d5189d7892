package dev.ringdraft.app.http.site;

import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.app.http.handler.ProblemResponse;
import dev.ringdraft.app.http.handler.RequestHandler;
import dev.ringdraft.rest.filter.AcceptEncoding;
import dev.ringdraft.rest.json.ChunkedWriter;
import dev.ringdraft.rest.request.RequestRoute;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * The browser side: all files of the class path's folder {@code /web/}, read once at the start. A
 * path is looked up in that table and nowhere else, so none leads out of it.
 *
 * <p>{@code /} and {@code /drafts/{id}} are the page itself, which is asked for again each time;
 * what is under {@code /assets/} has its content's hash in its name and is kept for a year.
 */
public final class Pages implements RequestHandler {
  /** What the page may load and do: nothing but from here, and in nobody's frame. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; connect-src 'self'; img-src 'self' data:; object-src 'none';"
          + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private static final String FOLDER = "web";
  private static final String PAGE = "/index.html";
  private static final String ASSETS = "/assets/";
  private static final Pattern DEEP_LINK = Pattern.compile("/(drafts(/[A-Za-z0-9_-]{1,64})?/?)?");

  static final RequestRoute ROUTE = new RequestRoute("pages", false);

  private final Map<String, Page> pages;

  public Pages(Map<String, Page> pages) {
    this.pages = Map.copyOf(pages);
  }

  /**
   * Reads the pages that were built into the program.
   *
   * @throws IOException when they can't be read
   */
  public static Pages ofClassPath() throws IOException {
    URL page = Pages.class.getResource("/" + FOLDER + PAGE);
    if (page == null) {
      throw new IOException("the pages are missing in the program");
    }
    URI index;
    try {
      index = page.toURI();
    } catch (URISyntaxException malformed) {
      throw new IOException(malformed);
    }
    if (!"jar".equals(index.getScheme())) {
      return new Pages(read(Path.of(index).resolveSibling("")));
    }
    try (FileSystem jar = FileSystems.newFileSystem(index, Map.of())) {
      return new Pages(read(jar.getPath(FOLDER)));
    }
  }

  private static Map<String, Page> read(Path folder) throws IOException {
    Map<String, Page> pages = new HashMap<>();
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files = found.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String path = "/" + folder.relativize(file).toString().replace('\\', '/');
      pages.put(path, Page.of(path, Files.readAllBytes(file)));
    }
    return pages;
  }

  @Override
  public boolean answers(String path) {
    return true;
  }

  @Override
  public RequestRoute route(String path) {
    return ROUTE;
  }

  @Override
  public boolean asksForBody() {
    return true;
  }

  @Override
  public void answer(Request request, Response response) throws IOException {
    String path = request.getRequestURI();
    Page page = pages.get(DEEP_LINK.matcher(path).matches() ? PAGE : path);
    if (page == null) {
      ProblemResponse.send(
          Problem.of(ProblemCode.NOT_FOUND, "there is nothing here"), request, response);
      return;
    }
    String method = request.getMethod().getMethodString();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      response.setHeader("Allow", "GET, HEAD");
      ProblemResponse.send(
          Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "pages are only read"), request, response);
      return;
    }
    setHeaders(path, page, response);
    if (isKnown(page, request.getHeader("If-None-Match"))) {
      response.setStatus(304);
      return;
    }
    byte[] body = body(page, request, response);
    response.setContentType(page.contentType());
    response.setContentLength(body.length);
    if (method.equals("GET")) {
      ChunkedWriter.write(body, response.getOutputStream());
    }
  }

  private static void setHeaders(String path, Page page, Response response) {
    response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("ETag", page.tag());
    response.setHeader(
        "Cache-Control",
        path.startsWith(ASSETS) ? "public, max-age=31536000, immutable" : "no-cache");
    if (page.compressed() != null) {
      response.setHeader("Vary", "Accept-Encoding");
    }
  }

  private static boolean isKnown(Page page, @Nullable String tags) {
    return tags != null
        && Stream.of(tags.split(",", -1))
            .map(tag -> tag.strip().replaceFirst("^W/", ""))
            .anyMatch(tag -> tag.equals("*") || tag.equals(page.tag()));
  }

  private static byte[] body(Page page, Request request, Response response) {
    byte[] compressed = page.compressed();
    if (compressed == null || !allowsGzip(request)) {
      return page.content();
    }
    response.setHeader("Content-Encoding", "gzip");
    return compressed;
  }

  private static boolean allowsGzip(Request request) {
    return AcceptEncoding.allowsGzip(String.join(",", request.getHeaders("Accept-Encoding")));
  }
}
