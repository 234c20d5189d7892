package dev.ringdraft.turn;

/** How the server chooses the next holder where no member chooses. */
public enum TurnOrder {
  /** The oldest request, else the creator, else as {@link #LEAST_RECENT}. */
  MANUAL,
  /** The members in the order in which they joined, the creator first, cyclic. */
  ROUND_ROBIN,
  /** The member whose last turn is longest ago; who had none comes first. */
  LEAST_RECENT,
  /** The oldest request, else as {@link #LEAST_RECENT}. */
  REQUESTS_FIRST
}
