/** A module that reads the domain by its name. */
module example.drafts {
  requires transitive dev.ringdraft.domain;

  exports example.drafts;
}
