package dev.ringdraft.wire;

import dev.ringdraft.draft.DraftChange;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.RingRequestRemoved;
import dev.ringdraft.draft.DraftEvent.RingRequested;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.draft.RequestEnd;
import dev.ringdraft.draft.UpdateReason;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.presence.Activity;
import dev.ringdraft.presence.PresenceState;
import dev.ringdraft.presence.Present;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.turn.TurnOrder;
import dev.ringdraft.turn.TurnPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Random values of all that goes over the wire, from a seed. */
final class RandomWire {
  private static final int LONGEST = 12;
  private static final long FIRST_MILLI = Instant.parse("-0500-01-01T00:00:00Z").toEpochMilli();
  private static final long LAST_MILLI = Instant.parse("+20000-01-01T00:00:00Z").toEpochMilli();

  private final SplittableRandom random;

  RandomWire(long seed) {
    random = new SplittableRandom(seed);
  }

  RecordedEvent recorded() {
    return new RecordedEvent(draftId(), random.nextLong(1, Long.MAX_VALUE), event());
  }

  private DraftEvent event() {
    UserId actor = user();
    Instant at = instant();
    return switch (random.nextInt(9)) {
      case 0 -> new DraftCreated(actor, at, text(), maybe(this::platform), maybe(this::policy));
      case 1 -> new SegmentAdded(segment());
      case 2 ->
          new RingPassed(
              actor,
              at,
              user(),
              user(),
              random.nextLong(),
              one(PassReason.values()),
              maybe(this::instant));
      case 3 -> new RingRequested(actor, at);
      case 4 -> new RingRequestRemoved(actor, at, user(), one(RequestEnd.values()));
      case 5 -> new CollaboratorAdded(actor, at, user(), one(Role.values()));
      case 6 -> new CollaboratorRemoved(actor, at, user());
      case 7 ->
          new CollaboratorUpdated(
              actor,
              at,
              user(),
              new MemberChange(maybe(() -> one(Role.values())), maybe(random::nextBoolean)),
              one(UpdateReason.values()));
      default ->
          new DraftUpdated(
              actor,
              at,
              new DraftChange(
                  maybe(this::text), maybe(() -> one(DraftStatus.values())), maybe(this::policy)));
    };
  }

  DraftSnapshot snapshot() {
    return new DraftSnapshot(
        draftId(),
        user(),
        text(),
        maybe(this::platform),
        one(DraftStatus.values()),
        version(),
        new DraftSnapshot.Ring(
            user(),
            random.nextLong(),
            some(this::user),
            instant(),
            instant(),
            maybe(this::instant),
            random.nextInt(),
            maybe(this::user),
            some(() -> new DraftSnapshot.Request(user(), instant())),
            some(this::user)),
        policy(),
        some(
            () ->
                new DraftSnapshot.Collaborator(
                    user(), one(Role.values()), instant(), random.nextBoolean())),
        maybe(() -> some(this::segment)),
        random.nextInt(),
        instant(),
        instant());
  }

  ServerFrame frame() {
    return switch (random.nextInt(9)) {
      case 0 ->
          new ServerFrame.Connected(
              draftId(), user(), text(), instant(), version(), random.nextBoolean(), duration());
      case 1 -> new ServerFrame.SnapshotRequired();
      case 2 -> new ServerFrame.Event(recorded());
      case 3 -> new ServerFrame.Presence(new PresenceState(some(this::present), others()));
      case 4 ->
          new ServerFrame.PresenceChange(
              new PresenceState.Difference(
                  some(this::present), some(this::present), some(this::user), others()));
      case 5 -> new ServerFrame.Pong(instant(), random.nextLong());
      case 6 -> new ServerFrame.AuthExpiring(duration());
      case 7 -> new ServerFrame.Draining(duration());
      default -> new ServerFrame.Failure(text(), text());
    };
  }

  ClientMessage message() {
    return switch (random.nextInt(3)) {
      case 0 -> new ClientMessage.Ping();
      case 1 -> new ClientMessage.Auth(text());
      default -> new ClientMessage.Presence(one(Activity.values()));
    };
  }

  /** JSON that is sound, nearly sound, or not sound at all. */
  String nearlyJson() {
    StringBuilder json = new StringBuilder();
    value(json, 0);
    for (int faults = random.nextInt(3); faults > 0 && !json.isEmpty(); faults--) {
      int at = random.nextInt(json.length());
      switch (random.nextInt(3)) {
        case 0 -> json.deleteCharAt(at);
        case 1 -> json.insert(at, one("{}[]\",:0123456789.eE+-\\/ntfu \t\n\u0001\u00e9\ufeff"));
        default -> json.setLength(at);
      }
    }
    return json.toString();
  }

  private void value(StringBuilder json, int depth) {
    switch (random.nextInt(depth > 5 ? 5 : 7)) {
      case 0 -> json.append(one(new String[] {"true", "false", "null"}));
      case 1 -> json.append(random.nextInt(-1000, 1000));
      case 2 -> json.append(random.nextDouble());
      case 3 ->
          json.append(
              one(
                  new String[] {
                    "-0", "1e9", "0.0E-7", "00", "-", "1.", ".5", "12345678901234567890"
                  }));
      case 4 -> string(json);
      case 5 -> list(json, '[', ']', () -> value(json, depth + 1));
      default ->
          list(
              json,
              '{',
              '}',
              () -> {
                string(json);
                json.append(one(new String[] {":", " : "}));
                value(json, depth + 1);
              });
    }
  }

  private void list(StringBuilder json, char begin, char end, Runnable element) {
    json.append(begin);
    int elements = random.nextInt(4);
    for (int i = 0; i < elements; i++) {
      json.append(i == 0 ? "" : one(new String[] {",", " , "}));
      element.run();
    }
    json.append(end);
  }

  private void string(StringBuilder json) {
    json.append('"');
    for (int left = random.nextInt(6); left > 0; left--) {
      json.append(
          one(
              new String[] {
                "a",
                "é",
                "\\n",
                "\\\"",
                "\\\\",
                "\\/",
                "\\u00e9",
                "\\ud83d\\uDE00",
                "🐉",
                "\\b",
                "\\f"
              }));
    }
    json.append('"');
  }

  private Present present() {
    return new Present(user(), random.nextInt(), instant(), one(Activity.values()));
  }

  /** 0 is left out. */
  private int others() {
    return random.nextBoolean() ? 0 : random.nextInt(1, 1_000);
  }

  private Duration duration() {
    return Duration.ofMillis(random.nextLong(0, 1_000_000));
  }

  private Segment segment() {
    return new Segment(
        new SegmentId(id()), user(), text(), random.nextInt(0, Integer.MAX_VALUE), instant());
  }

  private TurnPolicy policy() {
    return new TurnPolicy(
        one(TurnOrder.values()),
        maybe(() -> random.nextInt(TurnPolicy.MIN_SECONDS, TurnPolicy.MAX_SECONDS + 1)),
        maybe(() -> random.nextInt(1, TurnPolicy.MAX_SEGMENTS + 1)),
        maybe(() -> random.nextInt(1, TurnPolicy.MAX_MISSED + 1)));
  }

  private Platform platform() {
    return one(Platform.values());
  }

  private DraftVersion version() {
    return new DraftVersion(new Epoch(id()), random.nextLong(1, Long.MAX_VALUE));
  }

  private Instant instant() {
    return Instant.ofEpochMilli(random.nextLong(FIRST_MILLI, LAST_MILLI));
  }

  private DraftId draftId() {
    return new DraftId(id());
  }

  private String id() {
    return Long.toString(random.nextLong(0, Long.MAX_VALUE), 36);
  }

  private UserId user() {
    return new UserId(text().replaceAll("\\p{Cc}|\\p{Cs}", "") + id());
  }

  /** What JSON has to escape, and what it need not. */
  private String text() {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(LONGEST); left > 0; left--) {
      text.append(
          switch (random.nextInt(5)) {
            case 0 -> String.valueOf((char) random.nextInt(0x20));
            case 1 -> one(new String[] {"\"", "\\", "/", "\u2028", "\u007f", "\ufeff"});
            case 2 -> "🐉";
            default -> String.valueOf((char) random.nextInt(0x20, 0x2000));
          });
    }
    return text.toString();
  }

  private String one(String characters) {
    int at = random.nextInt(characters.length());
    return characters.substring(at, at + 1);
  }

  private <T> T one(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private <T> @Nullable T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }

  private <T> List<T> some(Supplier<T> value) {
    return Stream.generate(value).limit(random.nextInt(4)).toList();
  }
}
