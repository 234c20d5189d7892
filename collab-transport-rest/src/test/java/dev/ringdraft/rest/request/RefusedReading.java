package dev.ringdraft.rest.request;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.rest.problem.ProblemException;

/** The reading of something hostile: understood, or refused by a problem of bounded length. */
public final class RefusedReading {
  private static final int LONGEST_DETAIL = 20_000;

  private RefusedReading() {}

  static void tried(Runnable reading) {
    try {
      reading.run();
    } catch (ProblemException refused) {
      assertTrue(refused.problem().status() == 400, refused.problem()::toString);
      assertTrue(refused.problem().detail().length() < LONGEST_DETAIL, refused.problem()::detail);
    }
  }
}
