package dev.ringdraft.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** That somebody is a member of a draft. */
@Entity
@Immutable
@Table(name = "draft_member")
@IdClass(MemberRow.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class MemberRow {
  @Id
  @Column(name = "user_id")
  String userId;

  @Id
  @Column(name = "draft_id")
  String draftId;

  record Key(String userId, String draftId) {}
}
