package dev.ringdraft.rest;

/** The people of these tests, and a draft that they share. */
final class Cast implements AutoCloseable {
  final RestServer server;
  final Client ana;
  final Client ben;
  final Client cleo;
  final Client vera;
  final Client stranger;

  private Cast(RestServer server) {
    this.server = server;
    this.ana = server.as("ana");
    this.ben = server.as("ben");
    this.cleo = server.as("cleo");
    this.vera = server.as("vera");
    this.stranger = server.as("sam");
  }

  static Cast on(RestServer server) {
    return new Cast(server);
  }

  /** ANA's draft, with BEN and CLEO as contributors and VERA as a viewer: revision 4. */
  String draft() {
    String draft = ana.startsADraft();
    ana.adds("ben", "contributor", draft);
    ana.adds("cleo", "contributor", draft);
    ana.adds("vera", "viewer", draft);
    return draft;
  }

  String epoch() {
    return server.store().epoch().value();
  }

  @Override
  public void close() {
    server.close();
  }
}
