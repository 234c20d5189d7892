package dev.ringdraft.app.http.codec;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;

/** Whatever a request asks for. */
@Tag("long")
class RequestSyntaxFuzzTest {
  @FuzzTest
  void a_target_that_passes_is_a_path_that_leads_nowhere_else(FuzzedDataProvider data) {
    String path = "/" + data.consumeString(300);
    String query = data.consumeBoolean() ? data.consumeRemainingAsString() : null;

    if (RequestSyntax.faultOfTarget(path, query) == null) {
      String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
      assertFalse(decoded.indexOf('\0') >= 0, path);
      assertFalse(("/" + decoded + "/").replace('\\', '/').contains("/../"), path);
      assertTrue(URI.create("http://a" + path).getRawPath().equals(path), path);
    }
  }
}
