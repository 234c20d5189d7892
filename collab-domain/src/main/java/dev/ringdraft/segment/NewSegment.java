package dev.ringdraft.segment;

/**
 * A segment to be written.
 *
 * @param id what the segment is called once it is written
 * @param content the text as its author sent it
 */
public record NewSegment(SegmentId id, String content) {}
