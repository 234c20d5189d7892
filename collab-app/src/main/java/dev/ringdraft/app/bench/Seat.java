package dev.ringdraft.app.bench;

/**
 * Where a viewer sits.
 *
 * @param draft number of the draft within the bench
 * @param draftId as the server calls it
 * @param head the draft's revision before anybody came
 * @param stalls whether this viewer stops reading
 */
record Seat(int draft, String draftId, String epoch, long head, String user, boolean stalls) {}
