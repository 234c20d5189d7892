package dev.ringdraft.testing;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.AssertionFailureBuilder.assertionFailure;

import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.Decision;
import dev.ringdraft.draft.Decision.Accepted;
import dev.ringdraft.draft.Decision.Rejected;
import dev.ringdraft.draft.Draft;
import dev.ringdraft.draft.DraftCommand;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.Rejection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The test of a rule: given these events, when a member sends a command, then these events follow,
 * or the command is rejected.
 *
 * <pre>{@code
 * given(created(), contributor(BEN)).when(append(BEN)).thenRejected(new RingNotHeld(ANA));
 * }</pre>
 *
 * <p>{@link Events} and {@link Commands} have short words for both, about the users of {@link
 * Cast}; any others will do as well. It needs no store, no clock and no thread. Immutable.
 *
 * @param history the events of the draft so far, in order; none if it is to be created
 * @param limits the lengths and numbers that the rules allow
 */
public record Scenario(List<DraftEvent> history, DraftLimits limits) {
  /** A record of one value, such as a user id, as its {@code toString} shows it. */
  private static final Pattern WRAPPED = Pattern.compile("\\w+\\[value=([^\\[\\]]*)]");

  public Scenario {
    history = List.copyOf(history);
  }

  /** A draft with these events, under the default limits. */
  public static Scenario given(DraftEvent... history) {
    return new Scenario(List.of(history), DraftLimits.defaults());
  }

  /** The same draft under other limits. */
  public Scenario within(DraftLimits others) {
    return new Scenario(history, others);
  }

  /**
   * Decides on the command.
   *
   * @throws dev.ringdraft.draft.CorruptHistoryException if the rules never lead to such events
   */
  public Answer when(DraftCommand command) {
    return new Answer(this, command, Draft.replay(history).decide(command, limits));
  }

  /**
   * Decides on the command that starts a draft.
   *
   * @throws IllegalStateException if the draft has events already
   */
  public Answer when(CreateDraft command) {
    if (!history.isEmpty()) {
      throw new IllegalStateException("a draft is created once");
    }
    return new Answer(this, command, Draft.decide(command, limits));
  }

  /** The decision on one command. Immutable. */
  public static final class Answer {
    private final Scenario given;
    private final Object command;
    private final Decision decision;

    private Answer(Scenario given, Object command, Decision decision) {
      this.given = given;
      this.command = command;
      this.decision = decision;
    }

    /** Exactly these events follow, in this order. */
    public void then(DraftEvent... events) {
      check(new Accepted(List.of(events)));
    }

    /** No event follows, for this reason. */
    public void thenRejected(Rejection reason) {
      check(new Rejected(reason));
    }

    private void check(Decision expected) {
      if (!expected.equals(decision)) {
        assertionFailure()
            .message(
                "given%s%nwhen%s%nthen expected%s%nbut was%s"
                    .formatted(
                        lines(given.history.stream()),
                        lines(Stream.of(command)),
                        lines(expected),
                        lines(decision)))
            .expected(expected)
            .actual(decision)
            .includeValuesInMessage(false)
            .buildAndThrow();
      }
    }

    private static String lines(Decision decision) {
      return switch (decision) {
        case Accepted accepted -> lines(accepted.events().stream());
        case Rejected rejected -> lines(Stream.of("rejected: " + rejected.rejection()));
      };
    }

    private static String lines(Stream<?> values) {
      return values
          .map(value -> "%n  ".formatted() + WRAPPED.matcher(value.toString()).replaceAll("$1"))
          .collect(joining());
    }
  }
}
