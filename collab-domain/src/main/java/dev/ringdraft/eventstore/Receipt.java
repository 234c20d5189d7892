package dev.ringdraft.eventstore;

import java.util.List;

/**
 * What a command led to when it was first carried out.
 *
 * @param fingerprint of the command as it was then
 * @param events all its events, in order; one or more
 */
public record Receipt(String fingerprint, List<RecordedEvent> events) {
  public Receipt {
    events = List.copyOf(events);
  }
}
