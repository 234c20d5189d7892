package dev.ringdraft.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.member.UserId;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader refuses, with the place, and what it passes over. */
final class WireFormatTest {
  private static final String SEGMENT =
      "{'type':'collab.segment_added','draft_id':'d','revision':2,'ts':'2026-11-23T12:00:00.123Z',"
          + "'user_id':'ana','data':{'segment_id':'s','content':'c','author_user_id':'ana',"
          + "'position':0,'created_at':'2026-11-23T12:00:00.123Z'}}";

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'position':0 | 'position':'0' | data.position: a text (expected: a whole number)",
        "'position':0 | 'position':0.5 | data.position: a number (expected: a whole number of 64 bits)",
        "'position':0 | 'position':3000000000 | data.position: a number (expected: a whole number of 32 bits)",
        "'position':0 | 'position':-1 | data: position: -1 (expected: 0 or more)",
        "'content':'c' | 'content':null | data.content: null (expected: a text)",
        "'content':'c', | `` | data.content: missing (expected: a text)",
        "'revision':2 | 'revision':0 | revision: 0 (expected: 1 or more)",
        "'draft_id':'d' | 'draft_id':'' | draft_id: a draft id has 1..64 characters of A-Z a-z 0-9 _ -",
        "T12:00:00.123Z','user | T25:00:00.123Z','user | ts: a text (expected: an instant of RFC 3339)",
        "'user_id':'ana' | 'user_id':['ana'] | user_id: an array (expected: a text)",
        "'revision':2, | 'revision':2,, | character 60 (expected: a name)",
        "}} | } | the end of the text (expected: '}')",
      })
  void a_fault_is_named_with_its_place_and_what_is_expected(
      String part, String fault, String message) {
    String broken = quoted(SEGMENT.replaceFirst(Pattern.quote(part), fault));
    WireFormatException refused =
        assertThrows(WireFormatException.class, () -> EventJson.read(broken));
    assertEquals(message, refused.getMessage());
  }

  @Test
  void an_element_of_an_array_is_named_with_its_index() {
    WireFormatException refused =
        assertThrows(
            WireFormatException.class,
            () ->
                ServerFrame.read(
                    quoted(
                        "{'type':'presence_state','users':[{'user_id':'ana','connections':1,"
                            + "'since':'2026-11-23T12:00:00.123Z','state':'asleep'}]}")));
    assertEquals("users[0].state: a text (expected: one of viewing, typing)", refused.getMessage());
  }

  @Test
  void unknown_members_are_ignored() {
    assertEquals(
        new UserId("ben"),
        ((CollaboratorRemoved)
                EventJson.read(
                        quoted(
                            "{'a':[1,{}],'type':'collab.collaborator_removed','draft_id':'d',"
                                + "'revision':2,'ts':'2026-11-23T12:00:00Z','user_id':'ana',"
                                + "'data':{'collaborator_id':'ben','b':null}}"))
                    .event())
            .user());
  }

  @Test
  void a_frame_of_an_unknown_type_is_a_value_and_an_unknown_event_is_none() {
    String later = quoted(SEGMENT.replace("segment_added", "segment_moved"));

    assertEquals(new ServerFrame.Unknown("collab.segment_moved"), ServerFrame.read(later));
    assertThrows(WireFormatException.class, () -> EventJson.read(later));
    assertThrows(IllegalArgumentException.class, () -> new ServerFrame.Unknown("collab.x").json());
    assertThrows(IllegalArgumentException.class, () -> new ClientMessage.Malformed().json());
    assertThrows(IllegalArgumentException.class, () -> new ClientMessage.Unknown("x").json());
  }

  @Test
  void depth_and_length_are_limited() {
    JsonReader.Limits limits = new JsonReader.Limits(3, 20);

    assertEquals("an array", JsonReader.read("[[[]]]", limits).kind());
    assertThrows(WireFormatException.class, () -> JsonReader.read("[[[[]]]]", limits));
    assertThrows(
        WireFormatException.class, () -> JsonReader.read("\"" + "x".repeat(20) + "\"", limits));
    assertThrows(WireFormatException.class, () -> EventJson.read("[".repeat(1 << 20)));
  }
}
