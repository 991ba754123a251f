package io.taskwright.sandbox.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import io.taskwright.model.ByteSize;
import io.taskwright.sandbox.Room;
import io.taskwright.sandbox.guest.Environment;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.Layer;
import io.taskwright.sandbox.guest.Traces;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container with a warden in it.
 *
 * <p>Its stream is read to the end whatever happens: an engine whose client stops reading does not
 * come back from a kill (tried: nine minutes).
 */
final class DockerEnvironment implements Environment {
  private static final Logger LOG = LoggerFactory.getLogger(DockerEnvironment.class);
  private static final int PIPE = 1 << 18;
  private static final long ATTACH_SECONDS = 30;
  private static final int EXIT_SECONDS = 30;

  private final Engine engine;
  private final String name;
  private final String id;
  private final Executor killer;
  private final BytePipe in = new BytePipe(PIPE);
  private final BytePipe out = new BytePipe(PIPE);
  private final Stream stream = new Stream();
  private final AtomicBoolean killed = new AtomicBoolean();

  private DockerEnvironment(Engine engine, String name, String id, Executor killer) {
    this.engine = engine;
    this.name = name;
    this.id = id;
    this.killer = killer;
  }

  /**
   * Makes a container and starts it.
   *
   * @param wayOut a folder of the host that is its way out
   * @param layer packages of the host that it sees
   * @param killer runs what may take long
   */
  static DockerEnvironment open(
      Engine engine,
      ContainerPlan plan,
      String name,
      Room room,
      Optional<Path> wayOut,
      Optional<Layer> layer,
      Executor killer)
      throws EnvironmentException {
    CreateContainerCmd command = plan.create(engine.commands(), name, room, wayOut, layer);
    String id = make(engine, command, name);
    DockerEnvironment environment = new DockerEnvironment(engine, name, id, killer);
    try {
      environment.start();
      return environment;
    } catch (IOException | RuntimeException e) {
      environment.leave();
      throw new EnvironmentException("the engine started no container", e);
    }
  }

  /** Makes it again, and once, for an engine that was away meanwhile. */
  private static String make(Engine engine, CreateContainerCmd command, String name)
      throws EnvironmentException {
    try {
      return command.exec().getId();
    } catch (DockerException e) {
      throw new EnvironmentException("the engine made no container", e);
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("why", e.getMessage()).log("the engine is away; waiting for it");
    }
    if (!engine.comesBack()) {
      throw new EnvironmentException("the engine at " + engine.address() + " does not answer");
    }
    try {
      boolean _ = engine.remove(name); // It may have been made without a word.
      return command.exec().getId();
    } catch (RuntimeException e) {
      throw new EnvironmentException("the engine made no container", e);
    }
  }

  /** The engine's name of it. */
  String id() {
    return id;
  }

  @Override
  public OutputStream input() {
    return in.output();
  }

  @Override
  public InputStream output() {
    return out.input();
  }

  @Override
  public boolean alive() {
    return !stream.over;
  }

  @Override
  public void kill() {
    in.abandon();
    if (killed.compareAndSet(false, true)) {
      killer.execute(this::killNow);
    }
  }

  @Override
  public Traces end() {
    boolean outOfMemory = false;
    try {
      int ignored =
          engine
              .streams()
              .waitContainerCmd(id)
              .exec(new WaitContainerResultCallback())
              .awaitStatusCode(EXIT_SECONDS, TimeUnit.SECONDS);
      LOG.atTrace().addKeyValue("code", ignored).log("the warden has ended");
      ContainerState state = engine.commands().inspectContainerCmd(id).exec().getState();
      outOfMemory = Boolean.TRUE.equals(state.getOOMKilled());
    } catch (RuntimeException e) {
      LOG.atDebug().setCause(e).addKeyValue("container", name).log("its end was not seen");
    }
    leave();
    return new Traces(outOfMemory, false, new ByteSize(0), Duration.ZERO);
  }

  private void start() throws IOException {
    engine
        .streams()
        .attachContainerCmd(id)
        .withStdIn(in.input())
        .withStdOut(true)
        .withStdErr(true)
        .withFollowStream(true)
        .exec(stream);
    try {
      if (!stream.awaitStarted(ATTACH_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("the engine does not attach");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    engine.commands().startContainerCmd(id).exec();
  }

  private void killNow() {
    try {
      engine.commands().killContainerCmd(id).withSignal("KILL").exec();
    } catch (DockerException e) {
      LOG.atDebug().setCause(e).addKeyValue("container", name).log("it had ended already");
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).addKeyValue("container", name).log("the engine does not kill it");
    }
  }

  private void leave() {
    in.abandon();
    out.abandon();
    try {
      stream.close();
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("the stream was closed already");
    }
    if (!engine.remove(id)) {
      killer.execute(this::removeInTheEnd);
    }
  }

  private void removeInTheEnd() {
    if (!engine.removeInTheEnd(id)) {
      LOG.atWarn()
          .addKeyValue("container", name)
          .log("the engine does not remove it; the next start of the service tries again");
    }
  }

  /** What comes out, on a thread of the client's. */
  private final class Stream extends ResultCallback.Adapter<Frame> {
    private volatile boolean over;

    @Override
    public void onNext(Frame frame) {
      try {
        out.write(
            frame.getPayload().clone()); // The client reads the next bytes into the same array.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        out.end();
      }
    }

    @Override
    public void onError(Throwable failure) {
      over();
      super.onError(failure);
    }

    @Override
    public void onComplete() {
      over();
      super.onComplete();
    }

    /** Nothing comes out any more, and nobody in there takes anything. */
    private void over() {
      over = true;
      out.end();
      in.abandon();
    }
  }
}
