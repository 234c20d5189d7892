package dev.ringdraft.app.auth;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Passes a response's body on until it grows too large, and then ends it. For one response. */
final class BoundedBody implements BodySubscriber<byte[]> {
  private final BodySubscriber<byte[]> next;
  private final int maxBytes;
  private long bytes;
  private @Nullable Subscription subscription;

  BoundedBody(BodySubscriber<byte[]> next, int maxBytes) {
    this.next = next;
    this.maxBytes = maxBytes;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return next.getBody();
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    next.onSubscribe(given);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    bytes += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    if (bytes <= maxBytes) {
      next.onNext(buffers);
      return;
    }
    if (subscription != null) {
      subscription.cancel();
    }
    next.onError(new IOException("more than %d bytes".formatted(maxBytes)));
  }

  @Override
  public void onError(Throwable failure) {
    next.onError(failure);
  }

  @Override
  public void onComplete() {
    next.onComplete();
  }
}
