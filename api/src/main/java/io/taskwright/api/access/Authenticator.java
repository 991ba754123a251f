package io.taskwright.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.taskwright.store.access.ApiKey;
import io.taskwright.store.access.ApiKeys;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Finds the caller of an API key. A key revoked by another process is good for two seconds more.
 */
@Component
class Authenticator {
  private static final Duration REMEMBERED = Duration.ofSeconds(2);
  private static final int MOST = 10_000;

  private final ApiKeys keys;
  private final Cache<String, Caller> known =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

  Authenticator(ApiKeys keys) {
    this.keys = keys;
  }

  Optional<Caller> caller(String secret) {
    Caller caller = known.getIfPresent(secret);
    if (caller != null) {
      return Optional.of(caller);
    }
    Optional<Caller> found = keys.authenticate(secret).map(Authenticator::caller);
    found.ifPresent(someone -> known.put(secret, someone));
    return found;
  }

  /** Forgets all callers: a key was revoked. */
  void forget() {
    known.invalidateAll();
  }

  private static Caller caller(ApiKey key) {
    return new Caller(key.project(), key.name(), key.role());
  }
}
