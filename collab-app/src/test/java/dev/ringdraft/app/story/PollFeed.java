package dev.ringdraft.app.story;

import dev.ringdraft.app.story.Person.Answer;
import java.io.IOException;
import java.util.List;

/** Events that are waited for, request by request. */
final class PollFeed implements Feed {
  private final Viewer viewer;

  PollFeed(Viewer viewer) {
    this.viewer = viewer;
  }

  @Override
  public News next() throws InterruptedException {
    return page(viewer, "&wait=15");
  }

  @Override
  public void close() {}

  /** The events behind those that the viewer has. */
  static News page(Viewer viewer, String query) throws InterruptedException {
    String path =
        "/drafts/%s/events?after=%d%s".formatted(viewer.draft(), viewer.revision(), query);
    try {
      Answer answer = viewer.person().read(path);
      return answer.status() == 200
          ? new News.Came(List.copyOf(answer.data().valueStream().toList()))
          : new News.Over(Integer.toString(answer.status()));
    } catch (IOException fault) {
      return News.Over.by(fault);
    }
  }
}
