package dev.ringdraft.app.metrics;

import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.access.AuditLog;
import dev.ringdraft.access.Authentication;
import dev.ringdraft.access.Authenticator;
import dev.ringdraft.access.CredentialsFault;
import dev.ringdraft.access.Limit;
import dev.ringdraft.app.auth.KeyFetchMetrics;
import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.Objects;

/** Counts who is let in, who is refused and why, and which limits are reached. */
final class MeteredAccess implements KeyFetchMetrics {
  private static final String AUTHENTICATIONS = "ringdraft.authentications";
  private static final String JUDGED = "credentials that were judged";
  private static final String FETCHES = "ringdraft.jwks.fetches";
  private static final String FETCHED = "fetches of the provider's keys";

  private final Counter authenticated;
  private final Counter undecided;
  private final Map<CredentialsFault, Counter> refused;
  private final Map<Limit, Counter> limited;
  private final Counter fetched;
  private final Counter failed;

  MeteredAccess(Meters meters) {
    authenticated = meters.counter(AUTHENTICATIONS, JUDGED, "outcome", "authenticated");
    undecided = meters.counter(AUTHENTICATIONS, JUDGED, "outcome", "undecided");
    refused = meters.counters(AUTHENTICATIONS, JUDGED, "outcome", CredentialsFault.class);
    limited =
        meters.counters(
            "ringdraft.limited", "requests beyond a limit, answered by 429", "limit", Limit.class);
    fetched = meters.counter(FETCHES, FETCHED, "outcome", "fetched");
    failed = meters.counter(FETCHES, FETCHED, "outcome", "failed");
  }

  /** The same authenticator, counted. */
  Authenticator authenticator(Authenticator authenticator) {
    return credentials -> {
      Authentication found = authenticator.authenticate(credentials);
      counterOf(found).increment();
      return found;
    };
  }

  private Counter counterOf(Authentication found) {
    return switch (found) {
      case Authentication.Authenticated known -> authenticated;
      case Authentication.Undecided unknown -> undecided;
      case Authentication.Refused refusal -> counterOf(refused, refusal.fault());
    };
  }

  /** The same audit log, with its limits counted. */
  AuditLog auditLog(AuditLog log) {
    return incident -> {
      Limit limit = incident.cause().limit();
      if (limit != null && incident.kind() == AuditEvent.Kind.LIMITED) {
        counterOf(limited, limit).increment();
      }
      log.record(incident);
    };
  }

  private static <E> Counter counterOf(Map<E, Counter> counters, E value) {
    return Objects.requireNonNull(counters.get(value), "there is one for each");
  }

  @Override
  public void fetched() {
    fetched.increment();
  }

  @Override
  public void failed() {
    failed.increment();
  }
}
