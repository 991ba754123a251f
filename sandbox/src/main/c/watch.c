#include "init.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { USAGE, STATISTICS, MEMORY_EVENTS, PROCESS_EVENTS, PEAK, PROCESSOR, FILES, PROCESSES = FILES, ALL };

static int fds[ALL] = {-1, -1, -1, -1, -1, -1, -1};
static uint64_t cpu_before, most_processes;

static int open_one(const char *name, bool optional)
{
	if (strcmp(name, "-") == 0)
		return -1;
	if (name[0] != '/') {
		int fd = (int)number(name);
		if (fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
			die(name);
		return fd;
	}
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && !optional)
		die(name);
	return fd;
}

void watch_open(char **names)
{
	for (int i = 0; i < FILES; i++)
		fds[i] = open_one(names[i], i == PEAK); /* Linux before 5.19 has no memory.peak */
}

void watch_processes(const char *name, uint64_t most)
{
	fds[PROCESSES] = open_one(name, false);
	most_processes = most;
}

static size_t read_text(int which, char *to, size_t size)
{
	ssize_t count = fds[which] < 0 ? -1 : pread(fds[which], to, size - 1, 0);
	to[count < 0 ? 0 : count] = '\0';
	return count < 0 ? 0 : (size_t)count;
}

/* The number after a word at the start of a line, or 0. */
static uint64_t line(const char *text, const char *word)
{
	size_t length = strlen(word);
	for (const char *at = text; at != NULL && *at != '\0'; at = strchr(at, '\n')) {
		at += *at == '\n';
		if (strncmp(at, word, length) == 0 && at[length] == ' ')
			return strtoull(at + length + 1, NULL, 10);
	}
	return 0;
}

/*
 * What the processes hold beside the task's files: anonymous memory, and shared memory that is not in the task's
 * tmpfs (memfd, shared anonymous mappings). The cgroup's own limit has room for the files too, so it does not tell.
 */
static uint64_t memory_held(uint64_t limit, uint64_t disk)
{
	static char text[8192];
	if (read_text(USAGE, text, sizeof text) == 0)
		return 0;
	uint64_t all = strtoull(text, NULL, 10);
	if (all <= limit)
		return all > disk ? all - disk : 0; /* an upper bound that needs no look at the details */
	if (read_text(STATISTICS, text, sizeof text) == 0)
		return 0;
	uint64_t anonymous = line(text, "rss") + line(text, "anon"); /* cgroup v1, cgroup v2 */
	uint64_t shared = line(text, "shmem");
	return anonymous + (shared > disk ? shared - disk : 0);
}

/* Microseconds that all processes of the group used, those that ended and were waited for by nobody too. */
static uint64_t processor_time(void)
{
	char text[1024];
	if (read_text(PROCESSOR, text, sizeof text) == 0)
		return 0;
	uint64_t micros = line(text, "usage_usec"); /* cgroup v2; version 1 has nothing but nanoseconds in the file */
	return micros > 0 ? micros : strtoull(text, NULL, 10) / 1000;
}

void watch_start(void)
{
	cpu_before = processor_time();
}

static void watch_processor(const struct limits *limits, struct end *end)
{
	if (limits->cpu_us > 0 && processor_time() - cpu_before > limits->cpu_us)
		end->hits |= HIT_CPU;
}

/* What the kernel did is the end of the program, even if it goes on: nobody knows what it did without. */
static void watch_events(struct end *end)
{
	char text[1024];
	if (read_text(MEMORY_EVENTS, text, sizeof text) > 0 && line(text, "oom_kill") > 0)
		end->hits |= HIT_OOM;
	if (read_text(PROCESS_EVENTS, text, sizeof text) > 0 && line(text, "max") > 0)
		end->hits |= HIT_PROCESSES;
	if (most_processes > 0 && read_text(PROCESSES, text, sizeof text) > 0 && strtoull(text, NULL, 10) > most_processes)
		end->hits |= HIT_PROCESSES;
}

static void watch_files(int task, const struct limits *limits, struct end *end, uint64_t *disk)
{
	struct statvfs fs;
	if (fstatvfs(task, &fs) != 0)
		return;
	uint64_t files = (uint64_t)(fs.f_files - fs.f_ffree);
	*disk = (uint64_t)(fs.f_blocks - fs.f_bfree) * fs.f_frsize;
	if (*disk > end->disk)
		end->disk = *disk;
	if (files > end->files)
		end->files = files;
	if (fs.f_blocks > 0 && fs.f_bfree == 0)
		end->hits |= SAW_NO_SPACE;
	if (fs.f_files > 0 && fs.f_ffree == 0)
		end->hits |= SAW_NO_FILES;
	if (files > limits->files)
		end->hits |= HIT_FILES;
}

void watch(int task, const struct limits *limits, struct end *end)
{
	uint64_t disk = 0;
	watch_files(task, limits, end, &disk);
	uint64_t memory = memory_held(limits->memory, disk);
	if (memory > end->memory)
		end->memory = memory;
	if (memory > limits->memory)
		end->hits |= HIT_MEMORY;
	watch_processor(limits, end);
	watch_events(end);
}

void watch_last(struct end *end)
{
	char text[64];
	watch_events(end);
	if (read_text(PEAK, text, sizeof text) > 0)
		end->peak = strtoull(text, NULL, 10);
}
