#include "init.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

static int usage_fd = -1, stat_fd = -1, memory_events_fd = -1, process_events_fd = -1;

static int open_one(const char *name)
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
	if (fd < 0)
		die(name);
	return fd;
}

void watch_open(char **names)
{
	usage_fd = open_one(names[0]);
	stat_fd = open_one(names[1]);
	memory_events_fd = open_one(names[2]);
	process_events_fd = open_one(names[3]);
}

static size_t read_text(int fd, char *to, size_t size)
{
	ssize_t count = fd < 0 ? -1 : pread(fd, to, size - 1, 0);
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
	if (read_text(usage_fd, text, sizeof text) == 0)
		return 0;
	uint64_t all = strtoull(text, NULL, 10);
	if (all <= limit)
		return all > disk ? all - disk : 0; /* an upper bound that needs no look at the details */
	if (read_text(stat_fd, text, sizeof text) == 0)
		return 0;
	uint64_t anonymous = line(text, "rss") + line(text, "anon"); /* cgroup v1, cgroup v2 */
	uint64_t shared = line(text, "shmem");
	return anonymous + (shared > disk ? shared - disk : 0);
}

void watch(int task, const struct limits *limits, struct end *end)
{
	struct statvfs fs;
	if (fstatvfs(task, &fs) == 0) {
		uint64_t disk = (uint64_t)(fs.f_blocks - fs.f_bfree) * fs.f_frsize;
		uint64_t files = (uint64_t)(fs.f_files - fs.f_ffree);
		if (disk > end->disk)
			end->disk = disk;
		if (files > end->files)
			end->files = files;
		if (fs.f_blocks > 0 && fs.f_bfree == 0)
			end->hits |= SAW_NO_SPACE;
		if (fs.f_files > 0 && fs.f_ffree == 0)
			end->hits |= SAW_NO_FILES;
		if (limits->files > 0 && files > limits->files)
			end->hits |= HIT_FILES;
		uint64_t memory = memory_held(limits->memory, disk);
		if (memory > end->memory)
			end->memory = memory;
		if (memory > limits->memory)
			end->hits |= HIT_MEMORY;
	}
}

void watch_events(struct end *end)
{
	char text[1024];
	if (read_text(memory_events_fd, text, sizeof text) > 0 && line(text, "oom_kill") > 0)
		end->hits |= SAW_OOM;
	if (read_text(process_events_fd, text, sizeof text) > 0 && line(text, "max") > 0)
		end->hits |= SAW_REFUSAL;
}
