#include "init.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ERROR_MAX = 65536 };

/* Sends a file that the program may have made anything of: only a regular one is read, and only so much of it. */
static uint64_t send_file(int task, const char *name, uint8_t type, uint64_t most)
{
	struct stat stat;
	int fd = openat(task, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? OUTPUT_NONE : OUTPUT_NOT_A_FILE;
	if (fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode)) {
		close(fd);
		return OUTPUT_NOT_A_FILE;
	}
	if ((uint64_t)stat.st_size > most) {
		close(fd);
		return OUTPUT_TOO_LARGE;
	}
	ssize_t count;
	while ((count = read(fd, out_payload, FRAME_MAX)) > 0) {
		out_frame(type, (size_t)count);
		out_all();
	}
	close(fd);
	return stat.st_size == 0 ? OUTPUT_NONE : OUTPUT_READ;
}

void report_files(int task, const struct limits *limits, struct end *end)
{
	out_all();
	fchmod(task, 0755); /* ours, whatever the program made of it */
	send_file(task, "error.json", OUT_ERROR, ERROR_MAX);
	end->output = send_file(task, "output.json", OUT_RESULT, limits->output);
	collect_files(task, end);
}

void report_end(const struct end *end, const char *text)
{
	const uint64_t *fields = (const uint64_t *)end;
	size_t size = sizeof *end;
	size_t length = strnlen(text, 4096);
	out_all();
	for (size_t i = 0; i < size; i++)
		out_payload[i] = (uint8_t)(fields[i / 8] >> (56 - i % 8 * 8));
	memcpy(out_payload + size, text, length);
	out_frame(OUT_END, size + length);
	out_all();
	_exit(0);
}

void report_not_started(const char *what, int error)
{
	static char text[4096];
	struct end end = {.kind = END_NOT_STARTED, .code = (uint64_t)error};
	snprintf(text, sizeof text, "%s: %s", what, strerror(error));
	report_end(&end, text);
}
