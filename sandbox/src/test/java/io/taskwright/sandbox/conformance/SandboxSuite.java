package io.taskwright.sandbox.conformance;

import org.junit.jupiter.api.Nested;

/** All that a back end must pass that runs programs by interpreters. */
public abstract class SandboxSuite implements Host {
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
  final class Isolation extends IsolationSuite {
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
