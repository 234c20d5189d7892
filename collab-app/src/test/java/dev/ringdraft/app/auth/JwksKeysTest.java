package dev.ringdraft.app.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ringdraft.access.Authentication;
import dev.ringdraft.access.Authentication.Authenticated;
import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Authentication.Undecided;
import dev.ringdraft.access.Credentials.BearerToken;
import dev.ringdraft.app.auth.VerificationKeys.Found;
import dev.ringdraft.app.config.TokenRules;
import dev.ringdraft.testing.Eventually;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwksKeysTest {
  private static final Found UNKNOWN = new Found.Unknown("no key of the provider fits the token");
  private static final String NOT_FETCHED =
      "the provider's keys can't be fetched at the moment, try again later";
  private static final Found UNAVAILABLE = new Found.Unavailable(NOT_FETCHED);

  private final JwksServer provider = new JwksServer();
  private final AtomicLong nanoTime = new AtomicLong();
  private final CountedFetches fetches = new CountedFetches();
  private final List<JwksKeys> opened = new ArrayList<>();

  @AfterEach
  void close() {
    provider.close();
    opened.forEach(JwksKeys::close);
  }

  private JwksKeys keys() {
    JwksKeys keys = new JwksKeys(new JwksOverHttp(provider.url()), nanoTime::get, fetches);
    opened.add(keys);
    return keys;
  }

  private void pass(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }

  @Test
  void tokens_by_each_kind_of_published_key_are_accepted() {
    provider.publish(
        Map.of(
            "r", Tokens.RSA.getPublic(),
            "e", Tokens.P256.getPublic(),
            "d", Tokens.ED25519.getPublic()));
    JwksKeys keys = keys();

    assertInstanceOf(
        Authenticated.class, verify(keys, Tokens.signed(Tokens.RSA.getPrivate(), "RS256", "r")));
    assertInstanceOf(
        Authenticated.class, verify(keys, Tokens.signed(Tokens.P256.getPrivate(), "ES256", "e")));
    assertInstanceOf(
        Authenticated.class,
        verify(keys, Tokens.signed(Tokens.ED25519.getPrivate(), "EdDSA", "d")));
    assertInstanceOf(
        Refused.class, verify(keys, Tokens.signed(Tokens.RSA.getPrivate(), "RS256", "e")));
    assertEquals(1, provider.requests());
  }

  @Test
  void a_token_without_a_key_id_means_the_only_key() {
    provider.publish(Map.of("", Tokens.RSA.getPublic()));

    assertInstanceOf(
        Authenticated.class, verify(keys(), Tokens.signed(Tokens.RSA.getPrivate(), "RS256", null)));
  }

  @Test
  void a_token_without_a_key_id_means_none_of_several() {
    provider.publish(Map.of("r", Tokens.RSA.getPublic(), "e", Tokens.P256.getPublic()));

    assertEquals(UNKNOWN, keys().find(null));
  }

  @Test
  void a_key_that_is_new_at_the_provider_is_fetched_when_a_token_needs_it() {
    provider.publish(Map.of("old", Tokens.OTHER_RSA.getPublic()));
    JwksKeys keys = keys();
    assertInstanceOf(Found.Known.class, keys.find("old"));
    provider.publish(Map.of("old", Tokens.OTHER_RSA.getPublic(), "new", Tokens.RSA.getPublic()));
    pass(JwksKeys.PAUSE);

    assertInstanceOf(Found.Known.class, keys.find("new"));
    assertInstanceOf(Found.Known.class, keys.find("old"));
    assertEquals(2, provider.requests());
  }

  @Test
  void a_key_that_the_provider_has_withdrawn_goes_with_the_next_fetch() {
    provider.publish(Map.of("old", Tokens.OTHER_RSA.getPublic()));
    JwksKeys keys = keys();
    assertInstanceOf(Found.Known.class, keys.find("old"));
    provider.publish(Map.of("new", Tokens.RSA.getPublic()));
    pass(JwksKeys.PAUSE);

    assertInstanceOf(Found.Known.class, keys.find("new"));
    assertEquals(UNKNOWN, keys.find("old"));
  }

  @Test
  void a_key_that_takes_the_place_of_another_under_its_id_is_fetched_when_a_signature_fails() {
    provider.publish(Map.of("r", Tokens.OTHER_RSA.getPublic(), "e", Tokens.RSA.getPublic()));
    JwksKeys keys = keys();
    assertInstanceOf(Found.Known.class, keys.find("r"));
    provider.publish(Map.of("r", Tokens.RSA.getPublic(), "e", Tokens.P256.getPublic()));
    pass(JwksKeys.PAUSE);

    assertInstanceOf(
        Authenticated.class, verify(keys, Tokens.signed(Tokens.RSA.getPrivate(), "RS256", "r")));
    assertInstanceOf(
        Authenticated.class, verify(keys, Tokens.signed(Tokens.P256.getPrivate(), "ES256", "e")));
    assertInstanceOf(
        Refused.class, verify(keys, Tokens.signed(Tokens.OTHER_RSA.getPrivate(), "RS256", "r")));
    assertEquals(2, provider.requests());
  }

  @Test
  void a_key_of_another_kind_that_takes_the_place_of_one_is_fetched_too() {
    provider.publish(Map.of("", Tokens.OTHER_RSA.getPublic()));
    JwksKeys keys = keys();
    assertInstanceOf(Found.Known.class, keys.find(null));
    provider.publish(Map.of("", Tokens.P256.getPublic()));
    pass(JwksKeys.PAUSE);

    assertInstanceOf(
        Authenticated.class, verify(keys, Tokens.signed(Tokens.P256.getPrivate(), "ES256", null)));
    assertEquals(2, provider.requests());
  }

  @Test
  void a_flood_of_forged_signatures_asks_the_provider_once_in_ten_seconds() {
    provider.publish(Map.of("r", Tokens.RSA.getPublic()));
    JwksKeys keys = keys();
    assertInstanceOf(Found.Known.class, keys.find("r"));
    String forged = Tokens.signed(Tokens.OTHER_RSA.getPrivate(), "RS256", "r");
    pass(JwksKeys.PAUSE);

    twentyTimes(() -> assertInstanceOf(Refused.class, verify(keys, forged)));
    assertEquals(2, provider.requests());
    provider.fail(503);
    pass(JwksKeys.PAUSE);
    twentyTimes(() -> assertInstanceOf(Refused.class, verify(keys, forged)));
    assertInstanceOf(
        Authenticated.class, verify(keys, Tokens.signed(Tokens.RSA.getPrivate(), "RS256", "r")));
    assertEquals(3, provider.requests());
  }

  @Test
  void an_expired_token_asks_the_provider_for_nothing() {
    provider.publish(Map.of("r", Tokens.RSA.getPublic()));
    JwksKeys keys = keys();
    assertInstanceOf(Found.Known.class, keys.find("r"));
    pass(JwksKeys.PAUSE);

    assertInstanceOf(
        Refused.class,
        verify(
            keys, Tokens.signed(Tokens.RSA.getPrivate(), "RS256", "r", Tokens.claims("exp", 1L))));
    assertEquals(1, provider.requests());
  }

  @Test
  void an_old_set_is_replaced_while_its_keys_go_on_being_used() {
    provider.publish(Map.of("old", Tokens.OTHER_RSA.getPublic()));
    JwksKeys keys = keys();
    assertInstanceOf(Found.Known.class, keys.find("old"));
    provider.publish(Map.of("new", Tokens.RSA.getPublic()));
    CountDownLatch held = provider.hold();
    pass(JwksKeys.FRESH);

    assertInstanceOf(Found.Known.class, keys.find("old"));
    held.countDown();
    assertInstanceOf(Found.Known.class, keys.find("new"));
    assertEquals(UNKNOWN, keys.find("old"));
    assertEquals(2, provider.requests());
  }

  @Test
  void a_flood_of_unknown_keys_asks_the_provider_once_in_ten_seconds() throws Exception {
    provider.publish(Map.of("r", Tokens.RSA.getPublic()));
    JwksKeys keys = keys();
    assertInstanceOf(Found.Known.class, keys.find("r"));
    pass(JwksKeys.PAUSE);

    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Found>> flood = new ArrayList<>();
      for (int index = 0; index < 500; index++) {
        String keyId = "unknown-" + index;
        flood.add(() -> keys.find(keyId));
      }
      for (Future<Found> each : callers.invokeAll(flood)) {
        assertEquals(UNKNOWN, each.get());
      }
    }
    pass(JwksKeys.PAUSE.minusMillis(1));
    assertEquals(UNKNOWN, keys.find("another"));
    assertEquals(2, provider.requests());
    pass(Duration.ofMillis(1));
    assertEquals(UNKNOWN, keys.find("another"));
    assertEquals(3, provider.requests());
  }

  @Test
  void known_keys_are_used_while_the_provider_is_down() {
    provider.publish(Map.of("r", Tokens.RSA.getPublic()));
    JwksKeys keys = keys();
    assertInstanceOf(Found.Known.class, keys.find("r"));
    provider.close();
    pass(JwksKeys.FRESH.multipliedBy(10));

    assertInstanceOf(Found.Known.class, keys.find("r"));
    assertEquals(UNKNOWN, keys.find("another"));
    assertInstanceOf(Found.Known.class, keys.find("r"));
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 404, 500})
  void known_keys_are_used_while_the_provider_answers_with_an_error(int status) {
    provider.publish(Map.of("r", Tokens.RSA.getPublic()));
    JwksKeys keys = keys();
    assertInstanceOf(Found.Known.class, keys.find("r"));
    provider.fail(status);
    pass(JwksKeys.PAUSE);

    assertEquals(UNKNOWN, keys.find("another"));
    assertInstanceOf(Found.Known.class, keys.find("r"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[]", "nonsense", "{\"keys\":7}", "{\"keys\":[]}", "{\"keys\":[{}]}"})
  void a_set_that_cannot_be_read_changes_nothing(String text) {
    provider.publish(Map.of("r", Tokens.RSA.getPublic()));
    JwksKeys keys = keys();
    assertInstanceOf(Found.Known.class, keys.find("r"));
    provider.publishText(text);
    pass(JwksKeys.PAUSE);

    assertEquals(UNKNOWN, keys.find("another"));
    assertInstanceOf(Found.Known.class, keys.find("r"));
  }

  @Test
  void a_provider_that_redirects_is_not_followed() {
    try (JwksServer elsewhere = new JwksServer()) {
      elsewhere.publish(Map.of("evil", Tokens.OTHER_RSA.getPublic()));
      provider.redirectTo(elsewhere.url());

      assertEquals(UNAVAILABLE, keys().find("evil"));
      assertEquals(0, elsewhere.requests());
    }
  }

  @Test
  void an_unknown_key_is_hardly_waited_for_while_the_provider_is_down_and_a_known_one_never() {
    provider.publish(Map.of("r", Tokens.RSA.getPublic()));
    JwksKeys keys = keys();
    assertInstanceOf(Found.Known.class, keys.find("r"));
    provider.fail(503);
    pass(JwksKeys.PAUSE);
    assertEquals(UNKNOWN, keys.find("another"));
    CountDownLatch held = provider.hold();
    pass(JwksKeys.PAUSE);

    assertSoon(() -> assertEquals(UNKNOWN, keys.find("another")));
    assertSoon(() -> twentyTimes(() -> assertInstanceOf(Found.Known.class, keys.find("r"))));
    pass(JwksKeys.PATIENCE_WHILE_DOWN);
    assertSoon(() -> twentyTimes(() -> assertEquals(UNKNOWN, keys.find("another"))));
    assertEquals(3, provider.requests());
    held.countDown();
  }

  @Test
  void a_provider_that_is_back_is_noticed_by_those_whose_keys_are_known() {
    provider.publish(Map.of("r", Tokens.RSA.getPublic()));
    JwksKeys keys = keys();
    assertInstanceOf(Found.Known.class, keys.find("r"));
    provider.fail(503);
    pass(JwksKeys.PAUSE);
    assertEquals(UNKNOWN, keys.find("new"));
    provider.publish(Map.of("r", Tokens.RSA.getPublic(), "new", Tokens.P256.getPublic()));
    pass(JwksKeys.PAUSE);

    assertInstanceOf(Found.Known.class, keys.find("r"));
    Eventually.until(() -> provider.requests() == 3);
    Eventually.until(() -> keys.find("new") instanceof Found.Known);
    assertEquals(3, provider.requests());
  }

  @Test
  void a_set_that_is_too_large_changes_nothing() {
    provider.publish(Map.of("r", Tokens.RSA.getPublic()));
    JwksKeys keys = keys();
    assertInstanceOf(Found.Known.class, keys.find("r"));
    provider.publish(Map.of("big", Tokens.RSA.getPublic()));
    provider.publishText("{\"pad\":\"" + "x".repeat(JwksOverHttp.MAX_BYTES) + "\",\"keys\":[]}");
    pass(JwksKeys.PAUSE);

    assertEquals(UNKNOWN, keys.find("big"));
    assertInstanceOf(Found.Known.class, keys.find("r"));
  }

  @Test
  void keys_for_encryption_or_of_another_kind_or_algorithm_are_left_out() {
    KeyPair weak = Tokens.pair("RSA", 1024);
    provider.publish(
        Map.of(
            "good", Tokens.RSA.getPublic(),
            "encrypts", Tokens.RSA.getPublic(),
            "otherwise", Tokens.RSA.getPublic(),
            "weak", weak.getPublic(),
            "p384", Tokens.curve("secp384r1").getPublic()),
        Map.of(
            "good", "\"use\":\"sig\",\"alg\":\"RS256\",",
            "encrypts", "\"use\":\"enc\",",
            "otherwise", "\"alg\":\"PS256\","));
    JwksKeys keys = keys();

    assertInstanceOf(Found.Known.class, keys.find("good"));
    for (String keyId : List.of("encrypts", "otherwise", "weak", "p384")) {
      assertEquals(UNKNOWN, keys.find(keyId), keyId);
    }
  }

  @Test
  void a_published_secret_is_no_key() {
    provider.publishText(
        "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"s\",\"k\":\"%s\"}]}"
            .formatted(Tokens.base64(Tokens.SECRET)));

    assertEquals(UNAVAILABLE, keys().find("s"));
  }

  @Test
  void each_fetch_is_counted_by_its_outcome() {
    provider.publish(Map.of("r", Tokens.RSA.getPublic()));
    JwksKeys keys = keys();
    verify(keys, Tokens.signed(Tokens.RSA.getPrivate(), "RS256", "r"));
    provider.publishText("no keys");
    pass(JwksKeys.PAUSE);
    verify(keys, Tokens.signed(Tokens.RSA.getPrivate(), "RS256", "another"));

    assertEquals(1, fetches.fetched.get());
    assertEquals(1, fetches.failed.get());
  }

  private static final class CountedFetches implements KeyFetchMetrics {
    private final AtomicLong fetched = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    @Override
    public void fetched() {
      fetched.incrementAndGet();
    }

    @Override
    public void failed() {
      failed.incrementAndGet();
    }
  }

  @Test
  void a_provider_that_was_down_at_the_start_is_asked_again() {
    provider.publish(Map.of("r", Tokens.RSA.getPublic()));
    provider.fail(503);
    JwksKeys keys = keys();
    assertEquals(UNAVAILABLE, keys.find("r"));
    provider.publish(Map.of("r", Tokens.RSA.getPublic()));
    assertEquals(UNAVAILABLE, keys.find("r"));
    pass(JwksKeys.PAUSE);

    Eventually.until(() -> keys.find("r") instanceof Found.Known);
    assertEquals(2, provider.requests());
  }

  @Test
  void until_keys_were_fetched_nobody_can_tell_and_from_then_on_everybody_can() {
    provider.publish(Map.of("", Tokens.RSA.getPublic()));
    provider.fail(503);
    JwksKeys keys = keys();
    String good = Tokens.signed(Tokens.RSA.getPrivate(), "RS256", null);
    String stray = Tokens.signed(Tokens.RSA.getPrivate(), "RS256", "another");
    assertEquals(new Undecided(NOT_FETCHED), verify(keys, good));
    for (String misshapen : List.of("", "a.b", good + ".x", "é" + good, "x".repeat(9_000))) {
      assertInstanceOf(Refused.class, verify(keys, misshapen), misshapen);
    }
    provider.publish(Map.of("", Tokens.RSA.getPublic()));
    pass(JwksKeys.PAUSE);

    Eventually.until(() -> verify(keys, good) instanceof Authenticated);
    assertInstanceOf(Refused.class, verify(keys, stray));
    provider.fail(503);
    pass(JwksKeys.PAUSE);
    assertInstanceOf(Refused.class, verify(keys, stray));
  }

  /** A byte a time would go on for ever, and each is in time for a deadline that begins anew. */
  @Test
  void a_provider_that_trickles_its_set_is_given_up_in_time() {
    provider.trickle();
    try (JwksOverHttp source = new JwksOverHttp(provider.url(), Duration.ofSeconds(1))) {
      ExecutionException failed =
          assertThrows(ExecutionException.class, () -> source.read().get(20, TimeUnit.SECONDS));

      assertInstanceOf(TimeoutException.class, failed.getCause());
    }
    Eventually.until(() -> provider.trickles() == 0);
  }

  @Test
  void the_start_does_not_wait_for_the_provider_and_a_token_only_a_little() {
    provider.publish(Map.of("r", Tokens.RSA.getPublic()));
    CountDownLatch held = provider.hold();
    JwksKeys keys = assertTimeoutPreemptively(Duration.ofSeconds(2), this::keys);

    assertTimeoutPreemptively(
        JwksKeys.PATIENCE.multipliedBy(2), () -> assertEquals(UNAVAILABLE, keys.find("r")));
    held.countDown();
    assertInstanceOf(Found.Known.class, keys.find("r"));
    assertEquals(1, provider.requests());
  }

  /** Well before somebody has waited for a provider that was up last time. */
  private static void assertSoon(Executable work) {
    assertTimeout(JwksKeys.PATIENCE, work);
  }

  private static void twentyTimes(Runnable work) {
    for (int time = 0; time < 20; time++) {
      work.run();
    }
  }

  private static Authentication verify(JwksKeys keys, String token) {
    return new JwtAuthenticator(keys, TokenRules.defaults(), Tokens.CLOCK)
        .authenticate(new BearerToken(token));
  }
}
