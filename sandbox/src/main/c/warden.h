/* The warden: what stands around a program in a sandbox. One static binary, three parts. */
#ifndef WARDEN_H
#define WARDEN_H

#include <stddef.h>
#include <stdint.h>

/* Where everything of the task is, in every back end: one tmpfs that bounds its bytes and files. */
#define TASK_DIR "/task"

/* The proxy's socket, where the host brings one in, and the port at 127.0.0.1 that leads to it. */
#define EGRESS_SOCKET "/egress/proxy"
#define EGRESS_PORT 3128

/*
 * Frames, both ways: one byte of type, four bytes of length (big endian), the payload.
 * No type is a printable character, so that a message of bubblewrap in place of a frame is told apart.
 */
#define FRAME_HEAD 5
#define FRAME_MAX 65536

/* The program's input, which is its stdin too. */
#define INPUT_FILE "input.json"

/* Where a program that was started before it was known hears what it is. */
#define GO_FD 200

/*
 * From the host. LIMITS, FILE, ENV, ARG and COLLECT come before START, STOP after it.
 *
 * ENV and ARG before PREPARE are those of a harness, which is started at PREPARE and waits at GO_FD. Those after it
 * reach it there at START: each ARG and a zero byte, one more zero byte, each ENV and a zero byte, the end.
 */
enum {
	IN_LIMITS = 1,  /* eight bytes each: wall ms, grace ms, memory, files, log, output (bytes), cpu µs */
	IN_FILE = 2,    /* two bytes of mode, two of the path's length, the path below TASK_DIR, the content */
	IN_ENV = 3,     /* NAME=value of the program's environment */
	IN_ARG = 4,     /* the next word of the program's command line */
	IN_START = 5,   /* empty: start the program */
	IN_STOP = 6,    /* empty: SIGTERM now, SIGKILL after the grace period */
	IN_PREPARE = 7, /* empty, once: start the harness */
	IN_COLLECT = 8  /* eight bytes each: most files, most bytes; then patterns, each ended by a zero byte */
};

/* To the host, each payload at most FRAME_MAX bytes. */
enum {
	OUT_READY = 1,    /* empty: the environment stands */
	OUT_STARTED = 2,  /* empty: the program runs */
	OUT_STDOUT = 3,   /* bytes */
	OUT_STDERR = 4,   /* bytes */
	OUT_PROGRESS = 5, /* bytes of what was written to TASK_PROGRESS */
	OUT_RESULT = 6,   /* bytes of the output file */
	OUT_ERROR = 7,    /* bytes of the harness's report */
	OUT_END = 8,      /* eight bytes for each field of struct end, then text for people */
	OUT_FILE = 9,          /* the path below the working directory of a file that the program left */
	OUT_FILE_DATA = 10,    /* bytes of that file */
	OUT_FILE_REFUSED = 11  /* one byte of the reason, then the path of a file that may not be taken */
};

/* How the program ended. */
enum { END_NOT_STARTED = 0, END_EXITED = 1, END_SIGNALED = 2 };

/* What was broken or asked for, as bits. */
enum {
	HIT_STOP = 1,
	HIT_WALL = 2,
	HIT_MEMORY = 4,
	HIT_LOG = 8,
	HIT_FILES = 16,   /* killed: more files than allowed */
	SAW_NO_SPACE = 32, /* the disk was full when somebody looked */
	SAW_NO_FILES = 64, /* no file could be made when somebody looked */
	HIT_OOM = 128,     /* killed: the kernel had killed a process because memory was used up */
	HIT_PROCESSES = 256, /* killed: the kernel had refused a process or thread */
	HIT_CPU = 512        /* killed: it used more processor time than it may */
};

/* What the output file was. */
enum { OUTPUT_NONE = 0, OUTPUT_READ = 1, OUTPUT_TOO_LARGE = 2, OUTPUT_NOT_A_FILE = 3 };

/* Why a file may not be taken. */
enum refusal {
	REFUSED_SYMBOLIC_LINK = 0,
	REFUSED_NO_FILE = 1,
	REFUSED_HARD_LINK = 2,
	REFUSED_TOO_MANY = 3,
	REFUSED_TOO_LARGE = 4,
	REFUSED_UNREADABLE = 5,
	REFUSED_TOO_DEEP = 6
};

struct end {
	uint64_t kind;
	uint64_t code; /* exit code, signal, or errno of what could not be done */
	uint64_t hits;
	uint64_t output;
	uint64_t wall_us;
	uint64_t cpu_us;
	uint64_t memory; /* the most that was seen at once, files not counted */
	uint64_t disk;
	uint64_t files;
	uint64_t log;
	uint64_t peak; /* the most that the kernel counted at once, files counted; 0 if nobody looked */
};

int enter_main(int argc, char **argv);
int init_main(int argc, char **argv);
int probe_main(int argc, char **argv);

/* Prints "warden: what: why" and ends the process. */
void die(const char *what) __attribute__((noreturn));
/* Reads a decimal number or dies. */
uint64_t number(const char *text);

#endif
