package io.taskwright.sandbox.cgroup;

import io.taskwright.sandbox.guest.Traces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The control group of one run; in version 1, one in each hierarchy. */
public interface Cgroup {
  /** A process that writes {@code 0} to {@code cgroup.procs} in each of these is in the group. */
  List<Path> folders();

  /**
   * The files that the warden inside watches: how many bytes of memory there are, of what kinds
   * they are, what happened for want of memory, what happened for want of processes, how much
   * processor time was used.
   */
  List<Path> watched();

  /** Sets the limits. */
  void limit(CgroupLimits limits) throws IOException;

  /** Sets only the share of the processor. */
  void share(CgroupLimits limits) throws IOException;

  /** The limits as the kernel says that it holds them. */
  CgroupLimits limits();

  /** What the kernel counted. Zero where it says nothing. */
  Traces traces();

  /** Kills what is in it. */
  void kill();

  /**
   * Kills what is in it but one, which is left to notice the others' end.
   *
   * @return whether there were others
   */
  boolean killOthers(long spared);

  /** Kills what is in it and removes it. Gives up after some seconds: the next start sweeps it. */
  boolean remove();
}
