/** Drafts, the ring, segments, commands, events and ports: no I/O, and nothing but JSpecify. */
module dev.ringdraft.domain {
  requires static transitive org.jspecify;

  exports dev.ringdraft.authoring;
  exports dev.ringdraft.draft;
  exports dev.ringdraft.eventstore;
  exports dev.ringdraft.member;
  exports dev.ringdraft.memory;
  exports dev.ringdraft.ring;
  exports dev.ringdraft.segment;
  exports dev.ringdraft.turn;
  exports dev.ringdraft.view;
}
