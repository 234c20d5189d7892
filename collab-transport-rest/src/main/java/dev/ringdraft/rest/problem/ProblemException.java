package dev.ringdraft.rest.problem;

import dev.ringdraft.access.Problem;

/** Carries a problem from where it is found to where it is answered. Never logged. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.code().code(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
