package io.taskwright.app.temporal;

import java.util.List;

/** How a program of Temporal is run. */
interface TemporalCommands {
  /** The command line of a program with these arguments. */
  List<String> command(TemporalProgram program, List<String> arguments);

  /** Removes what a killed run of the program would leave in the way of the next. */
  void clear(TemporalProgram program);
}
