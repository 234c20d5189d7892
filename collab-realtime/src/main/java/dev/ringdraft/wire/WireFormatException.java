package dev.ringdraft.wire;

/**
 * A text is not what the protocol says. The message names the place and what is expected there,
 * such as {@code data.position: a text (expected: a whole number)}; it repeats no value but the
 * name of a type.
 */
public final class WireFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  WireFormatException(String message) {
    super(message);
  }
}
