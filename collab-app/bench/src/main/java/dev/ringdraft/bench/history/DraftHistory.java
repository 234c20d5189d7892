package dev.ringdraft.bench.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * All that happened to one draft, as seen from outside.
 *
 * @param creator the first holder of the ring
 * @param attempts of all clients, in any order
 * @param log all events in the order in which one server shows them at the end
 * @param snapshots the draft as each server shows it at the end
 * @param deliveries what each subscriber received
 */
record DraftHistory(
    String creator,
    List<Attempt> attempts,
    List<LoggedEvent> log,
    List<JsonNode> snapshots,
    List<Delivery> deliveries) {

  /**
   * What one subscriber received.
   *
   * @param subscriber its name, with the transport
   * @param runs one, and one more for each time that the server required a snapshot
   */
  record Delivery(String subscriber, List<Run> runs) {}

  /**
   * Events that a subscriber received after a known revision.
   *
   * @param after the revision of the draft that the subscriber knew before
   */
  record Run(long after, List<LoggedEvent> events) {}
}
