package io.taskwright.app.terminal;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C, for a verb that can do better than end at once. The JDK has it in {@code sun.misc} only,
 * which is open to all but not part of the platform, hence by name.
 */
public final class Interrupts {
  private Interrupts() {}

  /**
   * From now on Ctrl-C tells the listener, on another thread, instead of ending the process.
   *
   * @param listener hears how often it was pressed, from 1
   */
  public static void tell(IntConsumer listener) {
    tell(new Times(listener), "INT");
  }

  /** The same for Ctrl-C and for the signal by which a process is told to end. */
  public static void tellOfEnd(IntConsumer listener) {
    Times times = new Times(listener);
    tell(times, "INT");
    tell(times, "TERM");
  }

  private static void tell(Times times, String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, handler);
      Object proxy =
          Proxy.newProxyInstance(
              Interrupts.class.getClassLoader(), new Class<?>[] {handler}, times::of);
      handle.invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK cannot listen for signals", e);
    }
  }

  /** Counts the presses. */
  private static final class Times {
    private final IntConsumer listener;
    private int count;

    Times(IntConsumer listener) {
      this.listener = listener;
    }

    @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself only
    synchronized @Nullable Object of(Object proxy, Method method, Object[] arguments) {
      return switch (method.getName()) {
        case "equals" -> proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(this);
        case "toString" -> "signal";
        default -> {
          listener.accept(++count);
          yield null;
        }
      };
    }
  }
}
