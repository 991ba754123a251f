/* The parts of init. */
#ifndef WARDEN_INIT_H
#define WARDEN_INIT_H

#include "warden.h"

#include <stdbool.h>
#include <sys/types.h>

struct limits {
	uint64_t wall_ms, grace_ms, memory, files, log, output, cpu_us; /* cpu_us: 0 for no limit */
};

/* --- frames.c: the pipes to the host ------------------------------------------------------------------------ */

/* Reads exactly so many bytes; the end of the stream ends the environment. */
void in_need(void *to, size_t count);
/* Reads at most so many bytes of those that are there or come next; waits for at least one. */
size_t in_some(void *to, size_t count);
/* Reads one frame's head. */
void in_head(uint8_t *type, uint32_t *length);
/* Whether something was read that nobody has asked for yet: poll knows nothing of it. */
bool in_waits(void);
/* Reads a frame after the program started: the host asks to stop. Ends the environment at the stream's end. */
void in_control(void);

/* The payload of the next frame that goes out; FRAME_MAX bytes. */
extern uint8_t *const out_payload;
/* Makes a frame of the payload. Only when none waits. */
void out_frame(uint8_t type, size_t length);
/* Writes what can be written without waiting. */
void out_some(void);
/* Whether a frame waits to be written. */
bool out_waits(void);
/* Writes the waiting frame, for at most ten seconds; then the host is gone and so are we. */
void out_all(void);

/* --- setup.c: what the host says before the program starts -------------------------------------------------- */

struct program {
	char *const *argv;
	char *const *env;
	struct limits limits;
};

/* Reads frames up to START, lays out the files below TASK_DIR, and has a harness started when one is told. */
void setup_read(int task, struct program *program);

/* --- init.c ---------------------------------------------------------------------------------------------------- */

/* Starts the program as a harness that waits for what it will run. */
void start_harness(void);

/* --- forward.c: the way out, where there is one --------------------------------------------------------------- */

/* Starts the process that passes the program's connections to the proxy; nothing where no proxy's socket is. */
void forward_start(void);

/* --- watch.c: memory, disk, files and processor time ---------------------------------------------------------- */

/*
 * Opens the cgroup's files: memory usage, memory statistics, memory events, process events, memory peak, processor time.
 * Each is a path, a number (an inherited descriptor), or "-" if there is none.
 */
void watch_open(char **names);
/* Counts processes and threads by the cgroup's file, where the cgroup itself does not bound them. */
void watch_processes(const char *name, uint64_t most);
/* The program starts now: what was used before is not its own. */
void watch_start(void);
/* Looks at everything and notes it in the end. */
void watch(int task, const struct limits *limits, struct end *end);
/* Notes what is only asked for at the very end. */
void watch_last(struct end *end);

/* --- collect.c: the files that the program leaves ------------------------------------------------------------ */

/* Takes which files, and how much. */
void collect_read(uint32_t length);
/* Sends them, if the program ended well. */
void collect_files(int task, const struct end *end);

/* --- report.c: what is told when the program has ended ------------------------------------------------------ */

/* Sends the output file and the harness's report. */
void report_files(int task, const struct limits *limits, struct end *end);
/* Sends the last frame and ends the environment. */
void report_end(const struct end *end, const char *text) __attribute__((noreturn));
/* The program could not be started. */
void report_not_started(const char *what, int error) __attribute__((noreturn));

#endif
