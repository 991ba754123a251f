package io.taskwright.app.data;

import io.taskwright.app.machine.Cache;
import io.taskwright.app.machine.Obstacle;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.random.RandomGenerator;

/**
 * The ports of one instance, taken from all other instances of this user until it is closed or its
 * process dies. Taking one locks the byte of its number in a file, because a part needs a while
 * until it listens, and another instance must not choose the port in the meantime.
 */
public final class TakenPorts implements AutoCloseable {
  private final FileChannel locks;
  private final Ports ports;

  private TakenPorts(FileChannel locks, Ports ports) {
    this.locks = locks;
    this.ports = ports;
  }

  /**
   * Takes the ports of an instance: those it had before when they are free.
   *
   * @param api the port of the API
   * @throws Obstacle when the port of the API cannot be had
   */
  public static TakenPorts take(DataFolder data, Cache cache, int api) {
    Path file = data.run().resolve("ports.properties");
    try {
      FileChannel locks = cache.lockFile("ports.lock");
      if (!take(locks, api)) {
        locks.close();
        throw taken(api);
      }
      PortChoice choice =
          new PortChoice(
              port -> take(locks, port),
              RandomGenerator.getDefault().nextInt(PortChoice.FIRST, PortChoice.LAST));
      Map<PortName, Integer> before = read(file);
      Map<PortName, Integer> numbers = choice.choose(before);
      if (!numbers.equals(before)) {
        write(file, numbers);
      }
      return new TakenPorts(locks, new Ports(numbers));
    } catch (IOException e) {
      throw new Obstacle("Cannot choose ports for %s: %s.".formatted(data, e.getMessage()), e);
    }
  }

  /** Their numbers. */
  public Ports ports() {
    return ports;
  }

  /** Whether nothing listens on a port of this machine. */
  public static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What to say when the port of the API cannot be had. */
  public static Obstacle taken(int api) {
    return new Obstacle(
        "Port %d on 127.0.0.1 is taken by another program. Choose another with --port."
            .formatted(api));
  }

  private static boolean take(FileChannel locks, int port) {
    try {
      FileLock lock = locks.tryLock(port, 1, false);
      if (lock == null || free(port)) {
        return lock != null;
      }
      lock.release();
      return false;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }

  private static Map<PortName, Integer> read(Path file) throws IOException {
    Map<PortName, Integer> numbers = new EnumMap<>(PortName.class);
    if (Files.exists(file)) {
      Properties properties = new Properties();
      properties.load(Files.newBufferedReader(file));
      for (PortName name : PortName.values()) {
        String number = properties.getProperty(name.name());
        if (number != null && number.matches("[0-9]{1,5}")) {
          numbers.put(name, Integer.valueOf(number));
        }
      }
    }
    return numbers;
  }

  private static void write(Path file, Map<PortName, Integer> numbers) throws IOException {
    Properties properties = new Properties();
    numbers.forEach((name, number) -> properties.setProperty(name.name(), number.toString()));
    StringWriter text = new StringWriter();
    properties.store(text, null);
    OwnerOnlyFile.write(file, text.toString());
  }

  @Override
  public void close() throws IOException {
    locks.close();
  }
}
