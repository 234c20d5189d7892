package dev.ringdraft.rest;

/** Carries a problem from where it is found to where it is answered. Never logged. */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.kind().code(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
