package io.taskwright.store.secret;

import io.taskwright.model.secret.SecretName;
import io.taskwright.model.secret.SecretValue;
import java.util.List;
import java.util.Map;

/** What came of asking for the values of secrets. */
public sealed interface Revealed {
  /** All of them. */
  record Values(Map<SecretName, SecretValue> byName) implements Revealed {
    public Values {
      byName = Map.copyOf(byName);
    }
  }

  /** The project has none of these names. */
  record Unknown(List<SecretName> names) implements Revealed {
    public Unknown {
      names = List.copyOf(names);
    }
  }

  /** They are there, but the key that opens them is not. */
  record Shut(List<SecretName> names) implements Revealed {
    public Shut {
      names = List.copyOf(names);
    }
  }
}
