package dev.ringdraft.draft;

/**
 * What is wrong with one field of a command.
 *
 * @param field its name on the wire, such as {@code initial_segment}
 * @param detail value and limit, such as {@code 731 code points (expected: 1..500)}
 */
public record FieldError(String field, String detail) {}
