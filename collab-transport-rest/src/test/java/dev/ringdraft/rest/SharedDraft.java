package dev.ringdraft.rest;

/** The people of these tests, and a draft that they share. */
public final class SharedDraft implements AutoCloseable {
  public final RestServer server;
  public final RestClient ana;
  public final RestClient ben;
  final RestClient cleo;
  final RestClient vera;
  public final RestClient stranger;

  private SharedDraft(RestServer server) {
    this.server = server;
    this.ana = server.as("ana");
    this.ben = server.as("ben");
    this.cleo = server.as("cleo");
    this.vera = server.as("vera");
    this.stranger = server.as("sam");
  }

  public static SharedDraft on(RestServer server) {
    return new SharedDraft(server);
  }

  /** ANA's draft, with BEN and CLEO as contributors and VERA as a viewer: revision 4. */
  public String draft() {
    String draft = ana.startsADraft();
    ana.adds("ben", "contributor", draft);
    ana.adds("cleo", "contributor", draft);
    ana.adds("vera", "viewer", draft);
    return draft;
  }

  public String epoch() {
    return server.store().epoch().value();
  }

  @Override
  public void close() {
    server.close();
  }
}
