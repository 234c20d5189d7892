package dev.ringdraft.persistence;

/**
 * The connections of a pool at one moment.
 *
 * @param active that are in use
 * @param idle that are free
 * @param waiting how many threads wait for one
 * @param limit most connections
 */
public record PoolUsage(int active, int idle, int waiting, int limit) {}
