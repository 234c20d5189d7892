package dev.ringdraft.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.draft.Decision.Accepted;
import dev.ringdraft.draft.Decision.Rejected;
import java.util.List;

/**
 * The form of a rule's test: given these events, when somebody wants that, then this follows.
 *
 * @param history what happened before
 */
public record Story(List<DraftEvent> history, DraftLimits limits) {

  public static Story given(DraftEvent... history) {
    return new Story(List.of(history), DraftLimits.defaults());
  }

  public Story within(DraftLimits narrower) {
    return new Story(history, narrower);
  }

  public Answer when(DraftCommand command) {
    return new Answer(Draft.replay(history).decide(command, limits));
  }

  /**
   * What the draft made of the command.
   *
   * @param decision as it came
   */
  public record Answer(Decision decision) {
    /** Exactly these facts follow. */
    public void then(DraftEvent... events) {
      assertEquals(new Accepted(List.of(events)), decision);
    }

    /** Nothing follows, for this reason. */
    public void thenNothing(Rejection because) {
      assertEquals(new Rejected(because), decision);
    }
  }
}
