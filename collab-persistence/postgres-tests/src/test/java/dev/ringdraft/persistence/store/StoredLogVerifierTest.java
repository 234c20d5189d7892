package dev.ringdraft.persistence.store;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.VERA;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.contract.DraftFixture;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.RequestEnd;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.TestPostgres;
import dev.ringdraft.turn.TurnOrder;
import dev.ringdraft.turn.TurnPolicy;
import dev.ringdraft.view.LogFault;
import dev.ringdraft.view.LogVerifier.Verified;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody does to the tables past the program is found, and named with its place. */
class StoredLogVerifierTest {
  private static final int MORE_THAN_A_PAGE = 1_200;

  private static final DatabaseSettings SETTINGS = TestPostgres.freshDatabase();
  private static Database database;

  private final List<String> faults = new ArrayList<>();
  private final List<Verified> progress = new ArrayList<>();

  @BeforeAll
  static void open() {
    database = Database.open(SETTINGS);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void write() throws SQLException {
    tamper("truncate draft, draft_member, draft_event");
    draft("d1");
  }

  /** A draft with an event of each kind: 13 events. */
  private DraftFixture draft(String id) {
    DraftFixture draft = DraftFixture.of(database.eventStore(), new DraftId(id), ANA);
    draft.begun(new TurnPolicy(TurnOrder.MANUAL, 600, null, 2));
    draft.commit(draft.segment("one"), draft.added(BEN, Role.CONTRIBUTOR));
    draft.commit(draft.added(VERA, Role.VIEWER));
    draft.commit(draft.requested(BEN));
    draft.commit(draft.requestRemoved(BEN, RequestEnd.DECLINED));
    draft.commit(draft.pass(BEN));
    draft.commit(draft.segment("two"));
    draft.commit(draft.updated(VERA, MemberChange.role(Role.CONTRIBUTOR)));
    draft.commit(draft.updated("Dawn", null));
    draft.commit(draft.updated(null, DraftStatus.LOCKED));
    draft.commit(draft.updated(null, DraftStatus.ACTIVE));
    draft.commit(draft.updated(VERA, MemberChange.away(true)));
    return draft;
  }

  private Verified verify() {
    faults.clear();
    return database.logVerifier().verifyAll(this::note, progress::add);
  }

  private void note(LogFault fault) {
    faults.add(fault.toString());
  }

  private void tamper(String sql) throws SQLException {
    TestPostgres.execute(SETTINGS, sql);
  }

  @Test
  void a_sound_database_has_no_faults() {
    draft("d2");
    DraftFixture d3 = DraftFixture.of(database.eventStore(), new DraftId("d3"), BEN).begun();
    d3.commit(
        IntStream.range(0, MORE_THAN_A_PAGE)
            .mapToObj(i -> d3.updated("Title " + i, null))
            .toArray(DraftEvent[]::new));

    assertEquals(new Verified(3, 2 * 13 + 1 + MORE_THAN_A_PAGE, 0), verify());
    assertEquals(List.of(), faults);
    assertEquals(List.of(new Verified(1, 13, 0), new Verified(2, 26, 0)), progress.subList(0, 2));
  }

  @Test
  void an_empty_database_has_no_faults() throws SQLException {
    tamper("truncate draft, draft_member, draft_event");

    assertEquals(Verified.NOTHING, verify());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          delete from draft_event where revision = 5 | draft d1, revision 5: missing, 6 is the next one
          delete from draft_event where revision = 13 | draft d1: head: revision 13 (the log ends at 12)
          delete from draft_event where revision = 1 | draft d1, revision 1: missing, 2 is the next one
          update draft_event set revision = 20 where revision = 13 | draft d1, revision 13: missing, 20 is the next one
          update draft_event set data = jsonb_set(data, '{position}', '5') where revision = 2 | draft d1, revision 2: segment 5 by ana after 0 segments, the ring held by ana
          update draft_event set data = data - 'content' where revision = 2 | draft d1, revision 2: no content
          update draft_event set actor_id = 'ana' where revision = 8 | draft d1, revision 8: segment 1 by ana after 1 segments, the ring held by ben
          update draft_event set data = jsonb_set(data, '{term}', '7') where revision = 7 | draft d1, revision 7: term 7 passed on by ana after term 1 of ana
          update draft_event set data = jsonb_set(data, '{to_user_id}', '"vera"') where revision = 7 | draft d1, revision 7: the ring is held by vera, who can't write
          update draft_event set type = 'x' where revision = 4 | draft d1, revision 4: unknown type x
          update draft_event set version = 9 where revision = 4 | draft d1, revision 4: unknown version 9
          update draft_event set data = '[]' where revision = 2 | draft d1, revision 2: no segment_id
          update draft_event set data = jsonb_set(data, '{title}', '"Noon"') where revision = 10 | draft d1: head: not as the log says: title
          update draft_event set accepted_at = accepted_at + interval '1 s' where revision = 13 | draft d1: head: not as the log says: updated_at
          update draft set title = 'Noon' | draft d1: head: not as the log says: title
          update draft set revision = 12 | draft d1: head: revision 12 (the log ends at 13)
          update draft set holder_id = 'ana' | draft d1: head: not as the log says: holder
          update draft set segment_count = 7 | draft d1: head: not as the log says: segment_count
          update draft set status = 'locked' | draft d1: head: not as the log says: status
          update draft set times_out_at = null | draft d1: head: not as the log says: times_out_at
          update draft set turns = jsonb_set(turns, '{first_position}', '0') | draft d1: head: not as the log says: turns
          update draft set turns = '{}' | draft d1: head:
          update draft set collaborators = '[]' | draft d1: head: not as the log says: collaborators
          update draft set status = 'lost' | draft d1: head:
          delete from draft_member where user_id = 'ben' | draft d1: members: ben is missing
          insert into draft_member values ('zed', 'd1') | draft d1: members: zed is no member
          insert into draft_member values ('zed', 'd0') | draft d0, revision 1: missing, the log is empty
          delete from draft | draft d1: head: missing
          delete from draft_event | draft d1, revision 1: missing, the log is empty
          """)
  void each_kind_of_tampering_is_found_with_its_place(String sql, String fault)
      throws SQLException {
    draft("d2");
    tamper(ofOneDraft(sql));

    Verified done = verify();

    assertEquals(fault, faults.getFirst().substring(0, fault.length()), faults::toString);
    assertEquals(faults.size(), done.faults());
    assertEquals(List.of(), faults.stream().filter(each -> each.startsWith("draft d2")).toList());
  }

  private static String ofOneDraft(String sql) {
    return sql.startsWith("insert")
        ? sql
        : sql + (sql.contains(" where ") ? " and" : " where") + " draft_id = 'd1'";
  }

  @Test
  void one_draft_is_verified_by_itself() throws SQLException {
    draft("d2");
    tamper("update draft set title = 'Noon' where draft_id = 'd2'");

    assertEquals(
        new Verified(1, 13, 0), database.logVerifier().verify(new DraftId("d1"), this::note));
    assertEquals(
        new Verified(1, 13, 1), database.logVerifier().verify(new DraftId("d2"), this::note));
    assertEquals(Verified.NOTHING, database.logVerifier().verify(new DraftId("none"), this::note));
    assertEquals(List.of("draft d2: head: not as the log says: title"), faults);
  }

  @Test
  void all_drafts_of_several_pages_are_verified_once_with_those_between_that_have_no_head()
      throws SQLException {
    tamper(
        """
        insert into draft select (jsonb_populate_record(d, jsonb_build_object('draft_id', 'e' || n))).*
        from draft d, generate_series(1000, 2100) n;
        insert into draft_member select m.user_id, 'e' || n
        from draft_member m, generate_series(1000, 2100) n;
        insert into draft_event select (jsonb_populate_record(e, jsonb_build_object('draft_id', 'e' || n))).*
        from draft_event e, generate_series(1000, 2100) n;
        delete from draft where draft_id in ('e1000', 'e1499', 'e1500', 'e2100');
        """);

    Verified done = verify();

    assertEquals(1_102, done.drafts());
    assertEquals(1_102 * 13, done.events());
    assertEquals(1_102, progress.size());
    assertEquals(
        List.of("e1000", "e1499", "e1500", "e2100"),
        faults.stream()
            .filter(fault -> fault.endsWith("head: missing"))
            .map(fault -> fault.replaceAll("draft (\\w+):.*", "$1"))
            .toList());
  }
}
