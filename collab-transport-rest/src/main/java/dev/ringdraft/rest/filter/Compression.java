package dev.ringdraft.rest.filter;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Compresses bodies of {@value #LEAST_BYTES} bytes and more by gzip for those who accept it (RFC
 * 9110, section 12.5.3).
 *
 * <p>An entity tag stays as it is: it names a version of a draft, for {@code If-Match} too, and
 * nobody is served ranges of bytes, for which it would have to distinguish encodings.
 */
public final class Compression implements ContainerResponseFilter, WriterInterceptor {
  private static final int LEAST_BYTES = 1024;
  private static final String ACCEPTED = Compression.class.getName();

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    request.setProperty(
        ACCEPTED, AcceptEncoding.allowsGzip(request.getHeaderString(HttpHeaders.ACCEPT_ENCODING)));
  }

  @Override
  public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
    if (!Boolean.TRUE.equals(context.getProperty(ACCEPTED))) {
      context.proceed();
      return;
    }
    OutputStream plain = context.getOutputStream();
    Body body = new Body(plain, context);
    context.setOutputStream(body);
    context.proceed();
    body.finish();
    context.setOutputStream(plain);
  }

  /** A body that is kept until it is long enough to be compressed, or has ended. */
  private static final class Body extends OutputStream {
    private final WriterInterceptorContext context;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(LEAST_BYTES);
    private final OutputStream plain;
    private @Nullable GZIPOutputStream compressed;

    Body(OutputStream plain, WriterInterceptorContext context) {
      this.plain = plain;
      this.context = context;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (compressed != null) {
        compressed.write(bytes, offset, length);
        return;
      }
      kept.write(bytes, offset, length);
      if (kept.size() >= LEAST_BYTES) {
        context.getHeaders().putSingle(HttpHeaders.CONTENT_ENCODING, "gzip");
        compressed = new GZIPOutputStream(plain);
        kept.writeTo(compressed);
      }
    }

    void finish() throws IOException {
      if (compressed != null) {
        compressed.finish();
      } else {
        kept.writeTo(plain);
      }
    }
  }
}
