#include "init.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WORDS = 64, VARIABLES = 1024, TEXT = 1 << 20, PATH_LENGTH = 1024, DEPTH = 32 };

static char *words[WORDS + 1];
static char *variables[VARIABLES + 1];
static char text[TEXT];
static size_t text_end;
static bool harness;

static char *keep_text(uint32_t length)
{
	if (length >= TEXT - text_end)
		report_not_started("the command line and environment are too long", E2BIG);
	char *start = text + text_end;
	in_need(start, length);
	start[length] = '\0';
	text_end += length + 1;
	if (strlen(start) != length)
		report_not_started("a zero byte in the command line or environment", EINVAL);
	return start;
}

static void keep(char **list, size_t room, uint32_t length)
{
	size_t count = 0;
	while (list[count] != NULL)
		count++;
	if (count == room)
		report_not_started("too many arguments or environment variables", E2BIG);
	list[count] = keep_text(length);
}

static void read_limits(struct limits *limits, uint32_t length)
{
	uint8_t bytes[7 * 8];
	uint64_t values[7] = {0};
	if (length != sizeof bytes)
		report_not_started("limits of another version", EPROTO);
	in_need(bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		values[i / 8] = values[i / 8] << 8 | bytes[i];
	*limits = (struct limits){.wall_ms = values[0],
	                          .grace_ms = values[1],
	                          .memory = values[2],
	                          .files = values[3],
	                          .log = values[4],
	                          .output = values[5],
	                          .cpu_us = values[6]};
}

/* Makes the folders that lead to the file. A path that tries to leave the task's folder is refused. */
static void make_parents(int task, char *path)
{
	char *part = path;
	for (int depth = 0;; depth++) {
		char *slash = strchrnul(part, '/');
		size_t length = (size_t)(slash - part);
		if (length == 0 || length > NAME_MAX || depth == DEPTH || (length == 1 && part[0] == '.') ||
		    (length == 2 && part[0] == '.' && part[1] == '.'))
			report_not_started(path, EINVAL);
		if (*slash == '\0')
			return;
		*slash = '\0';
		if (mkdirat(task, path, 0755) != 0 && errno != EEXIST)
			report_not_started(path, errno);
		*slash = '/';
		part = slash + 1;
	}
}

static void write_all(int fd, const char *path, const uint8_t *bytes, size_t count)
{
	while (count > 0) {
		ssize_t written = write(fd, bytes, count);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			report_not_started(path, errno);
		bytes += written;
		count -= (size_t)written;
	}
}

static void read_file(int task, uint32_t length)
{
	uint8_t head[4];
	char path[PATH_LENGTH];
	if (length < sizeof head)
		report_not_started("a file without a head", EPROTO);
	in_need(head, sizeof head);
	length -= (uint32_t)sizeof head;
	mode_t mode = (mode_t)((head[0] << 8 | head[1]) & 0777);
	size_t path_length = (size_t)(head[2] << 8 | head[3]);
	if (path_length >= sizeof path || path_length > length)
		report_not_started("a file's path is too long", ENAMETOOLONG);
	in_need(path, path_length);
	path[path_length] = '\0';
	length -= (uint32_t)path_length;
	make_parents(task, path);
	/* The harness has this one open already. Nothing else of the program is here yet. */
	int how = harness && strcmp(path, INPUT_FILE) == 0 ? O_TRUNC : O_CREAT | O_EXCL;
	int fd = openat(task, path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC | how, mode);
	if (fd < 0)
		report_not_started(path, errno);
	while (length > 0) {
		size_t some = in_some(out_payload, length < FRAME_MAX ? length : FRAME_MAX);
		write_all(fd, path, out_payload, some);
		length -= (uint32_t)some;
	}
	close(fd);
}

static void prepare(uint32_t length)
{
	if (length != 0 || words[0] == NULL || harness)
		report_not_started("nothing to prepare", EPROTO);
	harness = true;
	start_harness();
	memset(words, 0, sizeof words);
	memset(variables, 0, sizeof variables);
}

void setup_read(int task, struct program *program)
{
	program->argv = words;
	program->env = variables;
	for (;;) {
		uint8_t type;
		uint32_t length;
		in_head(&type, &length);
		switch (type) {
		case IN_LIMITS:
			read_limits(&program->limits, length);
			break;
		case IN_FILE:
			read_file(task, length);
			break;
		case IN_ENV:
			keep(variables, VARIABLES, length);
			break;
		case IN_ARG:
			keep(words, WORDS, length);
			break;
		case IN_PREPARE:
			prepare(length);
			break;
		case IN_COLLECT:
			collect_read(length);
			break;
		case IN_START:
			if (length != 0 || words[0] == NULL)
				report_not_started("nothing to start", EPROTO);
			return;
		default:
			report_not_started("an unknown frame", EPROTO);
		}
	}
}
