package example.drafts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.authoring.Outcome.Refused;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DraftsTest {
  private final UserId ana = new UserId("ana");
  private final InMemoryDraftEventStore store = new InMemoryDraftEventStore();
  private final Drafts drafts = new Drafts(store, Instant::now);

  @Test
  void the_creator_holds_the_ring_and_appends() {
    DraftId draft = drafts.begin(ana, "Night train");
    Committed appended =
        assertInstanceOf(Committed.class, drafts.append(draft, ana, "It left at nine."));
    assertEquals(store.readAfter(draft, 1, 10), appended.events());
  }

  @Test
  void a_non_member_gets_the_same_answer_as_for_a_missing_draft() {
    DraftId draft = drafts.begin(ana, "Night train");
    UserId zed = new UserId("zed");
    Refused refused = assertInstanceOf(Refused.class, drafts.append(draft, zed, "Me too!"));
    assertEquals(refused, drafts.append(new DraftId("missing"), zed, "Me too!"));
  }
}
