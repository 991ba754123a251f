package io.taskwright.sandbox.bubblewrap;

import io.taskwright.model.ByteSize;
import io.taskwright.sandbox.cgroup.Cgroup;
import io.taskwright.sandbox.cgroup.CgroupLimits;
import io.taskwright.sandbox.guest.Traces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A group that nobody is in. */
final class FakeCgroup implements Cgroup {
  private final Path folder;
  final List<Integer> shares = new ArrayList<>();
  boolean removed;

  FakeCgroup(Path folder) {
    this.folder = folder;
  }

  @Override
  public List<Path> folders() {
    return List.of(folder);
  }

  @Override
  public List<Path> watched() {
    return List.of(folder.resolve("watched"));
  }

  @Override
  public void limit(CgroupLimits limits) {
    // Nobody is in it.
  }

  @Override
  public void share(CgroupLimits limits) {
    shares.add(limits.share());
  }

  @Override
  public CgroupLimits limits() {
    return new CgroupLimits(1, 1, 1, 1);
  }

  @Override
  public Traces traces() {
    return new Traces(false, false, new ByteSize(0), Duration.ZERO);
  }

  @Override
  public void kill() {
    // Nobody is in it.
  }

  @Override
  public boolean killOthers(long spared) {
    return false;
  }

  @Override
  public boolean remove() {
    removed = true;
    return true;
  }
}
