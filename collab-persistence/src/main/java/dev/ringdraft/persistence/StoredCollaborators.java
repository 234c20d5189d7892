package dev.ringdraft.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.view.Collaborator;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Collaborators as the head row keeps them: {@code [{user_id, role, joined_at}]}, as they joined.
 */
final class StoredCollaborators {
  private StoredCollaborators() {}

  /**
   * @throws IllegalArgumentException when it is anything else
   */
  static List<Collaborator> read(String json) {
    try {
      List<Collaborator> collaborators = new ArrayList<>();
      for (JsonNode each : Json.parse(json)) {
        collaborators.add(
            new Collaborator(
                new UserId(Json.text(each, "user_id")),
                StoredNames.constant(Role.class, Json.text(each, "role")),
                Instant.parse(Json.text(each, "joined_at"))));
      }
      return collaborators;
    } catch (JsonProcessingException | DateTimeException broken) {
      throw new IllegalArgumentException("collaborators that can't be read", broken);
    }
  }
}
