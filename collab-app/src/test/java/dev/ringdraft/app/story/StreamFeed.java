package dev.ringdraft.app.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Events that come on a stream of server-sent events. */
final class StreamFeed implements EventFeed {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATA = "data: ";

  private final BlockingQueue<FeedResult> news = new LinkedBlockingQueue<>();
  private final CompletableFuture<HttpResponse<Void>> answer;

  StreamFeed(Follower follower) {
    HttpRequest request =
        follower
            .person()
            .request("/drafts/" + follower.draft() + "/events")
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", Long.toString(follower.revision()))
            .build();
    answer =
        Person.HTTP.sendAsync(
            request,
            head -> {
              if (head.statusCode() != 200) {
                news.add(new FeedResult.Over(Integer.toString(head.statusCode())));
              }
              return BodyHandlers.fromLineSubscriber(new Lines()).apply(head);
            });
    CompletableFuture<?> unused =
        answer.whenComplete(
            (done, fault) -> {
              if (fault != null) {
                news.add(FeedResult.Over.by(fault));
              }
            });
  }

  @Override
  public FeedResult next() throws InterruptedException {
    FeedResult next = news.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (next == null) {
      throw new AssertionError("nothing came on a stream within " + PATIENCE);
    }
    return next;
  }

  @Override
  public void close() {
    answer.cancel(true);
  }

  private final class Lines implements Flow.Subscriber<String> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      if (line.startsWith(DATA)) {
        try {
          news.add(new FeedResult.Came(List.of(JSON.readTree(line.substring(DATA.length())))));
        } catch (JsonProcessingException noJson) {
          news.add(new FeedResult.Over(noJson.toString()));
        }
      }
    }

    @Override
    public void onError(@Nullable Throwable fault) {
      news.add(new FeedResult.Over(String.valueOf(fault)));
    }

    @Override
    public void onComplete() {
      news.add(new FeedResult.Over("ended"));
    }
  }
}
