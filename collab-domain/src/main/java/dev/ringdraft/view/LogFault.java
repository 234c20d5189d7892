package dev.ringdraft.view;

/**
 * Something in a stored draft that the rules never lead to.
 *
 * @param draft the id as it is stored, which may be none
 * @param revision where in its log; 0 for what is kept beside the log
 * @param what in a few words, without any text of members
 */
public record LogFault(String draft, long revision, String what) {
  @Override
  public String toString() {
    return revision == 0
        ? "draft %s: %s".formatted(draft, what)
        : "draft %s, revision %d: %s".formatted(draft, revision, what);
  }
}
