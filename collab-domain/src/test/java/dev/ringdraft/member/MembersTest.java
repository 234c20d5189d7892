package dev.ringdraft.member;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.VERA;
import static dev.ringdraft.testing.Cast.ZED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MembersTest {
  private final Members members =
      Members.of(ANA).with(CLEO, Role.CONTRIBUTOR).with(VERA, Role.VIEWER);

  @Test
  void the_creator_is_a_member_who_may_write() {
    assertTrue(members.isCreator(ANA));
    assertTrue(members.contains(ANA));
    assertTrue(members.canWrite(ANA));
    assertEquals(Role.CONTRIBUTOR, members.roleOf(ANA));
  }

  @Test
  void a_contributor_may_write() {
    assertFalse(members.isCreator(CLEO));
    assertTrue(members.contains(CLEO));
    assertTrue(members.canWrite(CLEO));
    assertEquals(Role.CONTRIBUTOR, members.roleOf(CLEO));
  }

  @Test
  void a_viewer_may_not_write() {
    assertTrue(members.contains(VERA));
    assertFalse(members.canWrite(VERA));
    assertEquals(Role.VIEWER, members.roleOf(VERA));
  }

  @Test
  void a_stranger_has_no_role() {
    assertFalse(members.contains(ZED));
    assertFalse(members.canWrite(ZED));
    assertNull(members.roleOf(ZED));
  }

  @Test
  void collaborators_are_kept_in_the_order_in_which_they_were_added() {
    Members more = members.with(BEN, Role.CONTRIBUTOR).without(CLEO).with(CLEO, Role.VIEWER);

    assertEquals(List.of(VERA, BEN, CLEO), List.copyOf(more.collaborators().keySet()));
  }

  @Test
  void adding_and_removing_leave_the_members_before_as_they_were() {
    members.with(BEN, Role.VIEWER);
    members.without(CLEO);

    assertEquals(List.of(CLEO, VERA), List.copyOf(members.collaborators().keySet()));
  }

  @Test
  void nobody_is_added_twice() {
    assertEquals("cleo is a member already", refusal(() -> members.with(CLEO, Role.VIEWER)));
    assertEquals("ana is a member already", refusal(() -> members.with(ANA, Role.VIEWER)));
  }

  @Test
  void only_a_collaborator_can_be_taken_out() {
    assertEquals("zed is no collaborator", refusal(() -> members.without(ZED)));
    assertEquals("ana is no collaborator", refusal(() -> members.without(ANA)));
  }

  @Test
  void the_creator_can_not_be_a_collaborator() {
    assertEquals(
        "the creator is no collaborator",
        refusal(() -> new Members(ANA, Map.of(ANA, Role.VIEWER))));
  }

  @Test
  void collaborators_are_copied_in_and_can_not_be_changed() {
    Map<UserId, Role> collaborators = new HashMap<>(Map.of(BEN, Role.VIEWER));
    Members copied = new Members(ANA, collaborators);

    collaborators.put(BEN, Role.CONTRIBUTOR);

    assertFalse(copied.canWrite(BEN));
    assertThrows(
        UnsupportedOperationException.class,
        () -> copied.collaborators().put(ZED, Role.CONTRIBUTOR));
  }

  private static String refusal(Runnable make) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, make::run).getMessage());
  }
}
