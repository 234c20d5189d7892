package dev.ringdraft.persistence.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/**
 * That somebody is a member of a draft. Decides what they are listed, and that they are shown the
 * draft's head row, hence may command. What they may command is decided by the head row.
 */
@Entity
@Immutable
@Table(name = "draft_member")
@IdClass(MemberRow.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class MemberRow {
  /**
   * In HQL, the id {@code :draft} if {@code :user} is a member of that draft, else null. As a value
   * to look a row up by it is worked out first, and null finds nothing: of a draft that the user
   * may not see no row is touched, just as of one that is not there.
   */
  static final String DRAFT_OF_MEMBER =
      "(select m.draftId from MemberRow m where m.userId = :user and m.draftId = :draft)";

  @Id
  @Column(name = "user_id")
  String userId;

  @Id
  @Column(name = "draft_id")
  String draftId;

  record Key(String userId, String draftId) {}
}
