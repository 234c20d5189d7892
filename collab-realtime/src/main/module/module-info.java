/** Rooms, presence, wire JSON, access and commit notification. */
module dev.ringdraft.realtime {
  requires transitive dev.ringdraft.domain;
  requires static transitive org.jspecify;

  exports dev.ringdraft.access;
  exports dev.ringdraft.notification;
  exports dev.ringdraft.outage;
  exports dev.ringdraft.presence;
  exports dev.ringdraft.room;
  exports dev.ringdraft.settings;
  exports dev.ringdraft.timer;
  exports dev.ringdraft.wire;
}
