export * from './ringdraftContext.js';
export * from './useDraft.js';
export * from './useDraftRealtime.js';
