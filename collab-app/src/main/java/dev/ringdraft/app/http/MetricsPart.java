package dev.ringdraft.app.http;

import dev.ringdraft.app.metrics.Metrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** Gives whoever runs the server its meters, at {@code /metrics}. */
public final class MetricsPart implements Part {
  private static final String PATH = "/metrics";

  private final Metrics metrics;

  public MetricsPart(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public boolean answers(String path) {
    return path.equals(PATH);
  }

  @Override
  public void answer(Request request, Response response) throws IOException {
    if (!ReadOnly.allows(request, response, "metrics are only read")) {
      return;
    }
    ReadOnly.answer(
        request,
        response,
        200,
        Metrics.CONTENT_TYPE,
        metrics.text().getBytes(StandardCharsets.UTF_8));
  }
}
