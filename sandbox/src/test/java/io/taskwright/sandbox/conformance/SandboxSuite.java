package io.taskwright.sandbox.conformance;

import io.taskwright.model.ByteSize;
import io.taskwright.sandbox.egress.AddressRange;
import io.taskwright.sandbox.egress.Addresses;
import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.pool.WarmSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** All that a back end must pass that runs programs by interpreters. */
public abstract class SandboxSuite implements Host {
  /** The terms under which a back end is to be opened for the suite. */
  public static final EgressTerms EGRESS =
      new EgressTerms(
          new Addresses(List.of(AddressRange.parse("127.0.0.1/32").orElseThrow())),
          ByteSize.ofMebibytes(6),
          ByteSize.ofMebibytes(64),
          8);

  /**
   * How many environments are to wait while the suite runs: most tests run in one that did, the
   * others in one of their own.
   */
  public static final WarmSettings WARM =
      new WarmSettings(4, 1, Duration.ofMinutes(10), Duration.ofMinutes(10));

  @Nested
  final class Python extends PythonSuite {
    @Override
    Host host() {
      return SandboxSuite.this;
    }
  }

  @Nested
  final class Node extends NodeSuite {
    @Override
    Host host() {
      return SandboxSuite.this;
    }
  }

  @Nested
  final class Bash extends BashSuite {
    @Override
    Host host() {
      return SandboxSuite.this;
    }
  }

  @Nested
  final class Java extends JavaSuite {
    @Override
    Host host() {
      return SandboxSuite.this;
    }
  }

  @Nested
  final class Limits extends LimitsSuite {
    @Override
    Host host() {
      return SandboxSuite.this;
    }
  }

  @Nested
  final class Files extends FilesSuite {
    @Override
    Host host() {
      return SandboxSuite.this;
    }
  }

  @Nested
  final class Isolation extends IsolationSuite {
    @Override
    Host host() {
      return SandboxSuite.this;
    }
  }

  @Nested
  final class Abuse extends AbuseSuite {
    @Override
    Host host() {
      return SandboxSuite.this;
    }
  }

  @Nested
  final class Regress extends RegressSuite {
    @Override
    Host host() {
      return SandboxSuite.this;
    }
  }

  @Nested
  final class Egress extends EgressSuite {
    @Override
    Host host() {
      return SandboxSuite.this;
    }
  }

  @Nested
  final class Warm extends WarmSuite {
    @Override
    Host host() {
      return SandboxSuite.this;
    }
  }

  @Nested
  final class OfPackages extends PackagesSuite {
    @Override
    Host host() {
      return SandboxSuite.this;
    }
  }

  @Nested
  final class Lifecycle extends LifecycleSuite {
    @Override
    Host host() {
      return SandboxSuite.this;
    }
  }
}
