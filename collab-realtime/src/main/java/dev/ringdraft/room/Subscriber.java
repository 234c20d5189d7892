package dev.ringdraft.room;

import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.member.UserId;
import dev.ringdraft.presence.Activity;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection that watches a draft: a cursor into the draft's events. It keeps the last revision
 * that it was sent and has at most one write open; when that is done it takes what comes next, from
 * the room's window or, behind that, from the log. So resuming, catching up and live delivery are
 * one path, and there is no queue to overflow.
 *
 * <table>
 * <caption>States</caption>
 * <tr><th>state</th><th>leaves it by</th></tr>
 * <tr><td>idle: the cursor is at the head</td><td>an event → writing, or reading</td></tr>
 * <tr><td>writing: one write is open</td><td>its end → whatever comes next</td></tr>
 * <tr><td>reading: a page of the log is on its way</td><td>its arrival → writing</td></tr>
 * <tr><td>ended</td><td>nothing</td></tr>
 * </table>
 */
public final class Subscriber extends CoalescingTask {
  private static final System.Logger LOG = System.getLogger(Subscriber.class.getName());

  private final Room room;
  private final UserId user;
  private final SubscriberConnection connection;
  private final StartPosition startPosition;
  private final DraftVersion admittedAt;
  private final boolean receivesPresence;
  private final boolean listed;
  private final @Nullable UserId excludedActor;
  private final SubscriberConnection.Completion completion =
      new SubscriberConnection.Completion() {
        @Override
        public void written() {
          writing = false;
          advance();
        }

        @Override
        public void failed() {
          end();
        }
      };

  /** Touched by {@link #work} alone. */
  private long cursor;

  /** The version of the presence that was sent; touched by {@link #work} alone. */
  private long lastSentPresence = -1;

  private volatile @Nullable List<EncodedEvent> page;
  private volatile boolean reading;
  private volatile boolean writing;
  private volatile boolean ended;
  private volatile long writingSince;
  private volatile long bytesWhenWriting;

  Subscriber(
      Room room,
      UserId user,
      SubscriberConnection connection,
      DraftVersion admittedAt,
      StartPosition startPosition,
      SubscriptionOptions options) {
    this.room = room;
    this.user = user;
    this.connection = connection;
    this.admittedAt = admittedAt;
    this.startPosition = startPosition;
    this.receivesPresence = options.presence();
    this.listed = options.listed();
    this.excludedActor = options.echo() ? null : user;
    this.cursor = startPosition.from();
  }

  /** Where this subscriber begins. */
  public StartPosition startPosition() {
    return startPosition;
  }

  /** The draft's head when the subscriber was let in. */
  public DraftVersion admittedAt() {
    return admittedAt;
  }

  /** The last revision that this server knows of. */
  public long head() {
    return Math.max(room.head(), admittedAt.revision());
  }

  UserId user() {
    return user;
  }

  /** Whether it is shown as being here. */
  boolean isListed() {
    return listed;
  }

  /** The activity of its user. Ignored for a subscriber that presence does not list. */
  public void setActivity(Activity activity) {
    if (listed && !ended) {
      room.setActivity(this, activity);
    }
  }

  /** Begins to receive. Called once. */
  public void start() {
    if (startPosition.resumed()) {
      Window window = room.window();
      room.metrics().resumed(window == null || !window.reachesBackTo(cursor));
    }
    room.join(this, admittedAt.revision());
    advance();
  }

  /** Stops receiving and leaves the room. Again: does nothing. */
  public void end() {
    if (endsNow()) {
      room.leave(this);
    }
  }

  private synchronized boolean endsNow() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  boolean hasEnded() {
    return ended;
  }

  void close(CloseCode code) {
    connection.close(code);
    end();
  }

  /** Goes on, if there is anything to go on with. */
  void advance() {
    askAndRun();
  }

  @Override
  void work() {
    while (!ended && !writing && !reading) {
      Batch next = withPresence(takeNext());
      if (next == null) {
        return;
      }
      if (!next.isEmpty()) {
        write(next);
      }
    }
  }

  private @Nullable Batch withPresence(@Nullable Batch events) {
    PublishedPresence presence = room.presence();
    if (!receivesPresence || presence.version() <= lastSentPresence) {
      return events;
    }
    Delivery news = presence.since(lastSentPresence);
    lastSentPresence = presence.version();
    return events == null ? Batch.of(news) : events.and(news);
  }

  /**
   * The page that was read, else what the window holds, and moves the cursor behind it; begins to
   * read when the window holds too little. Null when there is nothing now.
   */
  private @Nullable Batch takeNext() {
    List<EncodedEvent> read = page;
    if (read != null) {
      page = null;
      return read.isEmpty()
          ? null
          : taken(Batch.of(read, excludedActor, room.settings().writeBytes()));
    }
    Window window = room.window();
    if (window == null || window.head() <= cursor) {
      return null;
    }
    if (window.reachesBackTo(cursor)) {
      return taken(window.batchAfter(cursor, excludedActor, room.settings().writeBytes()));
    }
    reading = true;
    room.readFor(this, cursor);
    return null;
  }

  private Batch taken(Batch batch) {
    cursor = batch.revision();
    return batch;
  }

  @Override
  void failed(Throwable fault) {
    LOG.log(Level.ERROR, "a subscriber could not be sent on", fault);
    close(CloseCode.DRAINING);
  }

  private void write(Batch batch) {
    writingSince = room.nanoTime();
    bytesWhenWriting = room.bytesSoFar();
    writing = true;
    room.metrics().wrote(batch.events(), batch.bytes());
    connection.write(batch, completion);
  }

  /** A page of the log has come. */
  void pageRead(List<EncodedEvent> events) {
    page = events;
    reading = false;
    advance();
  }

  /** The window was made to reach further back, or could not be; it is looked at again. */
  void retry() {
    reading = false;
  }

  /** Ends a subscriber that does not read; starts again one whose page was missed. */
  void tick() {
    if (writing && isTooSlow()) {
      room.tooSlow(this);
      close(CloseCode.SLOW);
    } else {
      advance();
    }
  }

  private boolean isTooSlow() {
    return room.nanoTime() - writingSince > room.settings().writeTimeout().toNanos()
        || room.bytesSoFar() - bytesWhenWriting > room.settings().backlogBytes();
  }
}
