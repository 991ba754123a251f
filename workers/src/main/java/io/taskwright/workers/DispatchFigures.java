package io.taskwright.workers;

import io.taskwright.store.execution.Dispatch.Claim;
import java.time.Duration;
import java.util.List;

/** Told what a dispatcher does, for those who watch over it. */
public interface DispatchFigures {
  /** Tells nobody. */
  DispatchFigures NONE =
      new DispatchFigures() {
        @Override
        public void claimed(List<Claim> claims, Duration took) {}

        @Override
        public void passed(Duration took) {}
      };

  /** It looked for executions to dispatch, and found these. */
  void claimed(List<Claim> claims, Duration took);

  /** It let through whom the limits of tasks let through. */
  void passed(Duration took);
}
