package dev.ringdraft.persistence.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.json.Json;
import dev.ringdraft.persistence.json.StoredNames;
import dev.ringdraft.view.Collaborator;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Collaborators in the head row: {@code [{user_id, role, joined_at}]}, in the order in which they
 * joined.
 */
final class StoredCollaborators {
  private StoredCollaborators() {}

  static String write(List<Collaborator> collaborators) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Collaborator each : collaborators) {
      json.addObject()
          .put("user_id", each.user().value())
          .put("role", StoredNames.of(each.role()))
          .put("joined_at", each.joinedAt().toString());
    }
    return json.toString();
  }

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
