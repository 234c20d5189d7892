package dev.ringdraft.app.config;

/**
 * The value of a key as a server would take it, to be shown.
 *
 * @param text the value; {@value #HIDDEN} in place of a secret
 * @param origin such as {@code --http.port}, a variable or a file; empty for the default
 */
public record EffectiveValue(Key key, String text, String origin) {
  /** In place of a secret that is given. */
  public static final String HIDDEN = "…";
}
