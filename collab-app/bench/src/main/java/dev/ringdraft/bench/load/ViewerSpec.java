package dev.ringdraft.bench.load;

/**
 * A member of a draft for whom a connection is made: the owner who appends, or a viewer.
 *
 * @param draft number of the draft within the bench
 * @param draftId the server's id of the draft
 * @param head the draft's revision before any connect
 * @param stalls whether the subscriber stops reading once it is connected
 */
record ViewerSpec(
    int draft, String draftId, String epoch, long head, String user, boolean stalls) {}
