#include "init.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PATTERNS = 16384, DEPTH = 16, NAME_LENGTH = 256, ENTRIES = 4096 };

/* What a pattern says about a path: meant itself; the folder of something meant; the same, and not by **. */
enum question { MEANT, LEADS, LEADS_BY_NAME };

static char patterns[PATTERNS]; /* each ended by a zero byte */
static size_t patterns_end;
static uint64_t most_files, most_bytes, files, bytes;
static char path[DEPTH * NAME_LENGTH];
static uint8_t entries[DEPTH][ENTRIES] __attribute__((aligned(8)));

void collect_read(uint32_t length)
{
	uint8_t head[2 * 8];
	uint64_t values[2] = {0};
	if (length < sizeof head || length - sizeof head >= PATTERNS)
		report_not_started("output files of another version", EPROTO);
	in_need(head, sizeof head);
	for (size_t i = 0; i < sizeof head; i++)
		values[i / 8] = values[i / 8] << 8 | head[i];
	most_files = values[0];
	most_bytes = values[1];
	patterns_end = length - sizeof head;
	in_need(patterns, patterns_end);
	patterns[patterns_end] = '\0';
}

static bool name_matches(const char *pattern, size_t pattern_length, const char *name, size_t length)
{
	size_t at = 0, i = 0, star = SIZE_MAX, mark = 0;
	if (name[0] == '.' && pattern[0] != '.')
		return false;
	while (i < length) {
		if (at < pattern_length && pattern[at] == '*') {
			star = at++;
			mark = i;
		} else if (at < pattern_length && pattern[at] == name[i]) {
			at++;
			i++;
		} else if (star != SIZE_MAX) {
			at = star + 1;
			i = ++mark;
		} else {
			return false;
		}
	}
	while (at < pattern_length && pattern[at] == '*')
		at++;
	return at == pattern_length;
}

static bool matches(const char *pattern, const char *rest, enum question question)
{
	while (*pattern != '\0') {
		size_t length = strcspn(pattern, "/"), name = strcspn(rest, "/");
		bool last = rest[name] == '\0', ends = pattern[length] == '\0';
		if (length == 2 && memcmp(pattern, "**", 2) == 0) {
			if (!ends && matches(pattern + 3, rest, question))
				return true;
			if (rest[0] == '.')
				return false;
			if (last)
				return question == LEADS || (question == MEANT && ends);
			rest += name + 1;
			continue;
		}
		if (!name_matches(pattern, length, rest, name))
			return false;
		if (last)
			return question == MEANT ? ends : !ends;
		if (ends)
			return false;
		pattern += length + 1;
		rest += name + 1;
	}
	return false;
}

static bool asked(enum question question)
{
	for (size_t at = 0; at < patterns_end; at += strlen(patterns + at) + 1)
		if (matches(patterns + at, path, question))
			return true;
	return false;
}

static void send_name(uint8_t type, const uint8_t *head, size_t head_length)
{
	size_t length = strlen(path);
	if (head_length > 0)
		memcpy(out_payload, head, head_length);
	memcpy(out_payload + head_length, path, length);
	out_frame(type, head_length + length);
	out_all();
}

/* One that may not be taken is the end of all collecting. */
static bool refuse(enum refusal why)
{
	uint8_t reason = (uint8_t)why;
	send_name(OUT_FILE_REFUSED, &reason, 1);
	return false;
}

/* What counts is what is read: sizes are what somebody says. */
static bool send_bytes(int fd)
{
	for (;;) {
		ssize_t count = read(fd, out_payload, FRAME_MAX);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return refuse(REFUSED_UNREADABLE);
		if (count == 0)
			return true;
		if ((uint64_t)count > most_bytes - bytes)
			return refuse(REFUSED_TOO_LARGE);
		bytes += (uint64_t)count;
		out_frame(OUT_FILE_DATA, (size_t)count);
		out_all();
	}
}

static bool send_opened(int fd)
{
	struct stat stat;
	if (fstat(fd, &stat) != 0)
		return refuse(REFUSED_UNREADABLE);
	if (!S_ISREG(stat.st_mode))
		return refuse(REFUSED_NO_FILE);
	if (stat.st_nlink != 1)
		return refuse(REFUSED_HARD_LINK);
	if (files == most_files)
		return refuse(REFUSED_TOO_MANY);
	if (stat.st_size < 0 || (uint64_t)stat.st_size > most_bytes - bytes)
		return refuse(REFUSED_TOO_LARGE); /* without reading all the zeros that it may be made of */
	files++;
	send_name(OUT_FILE, NULL, 0);
	return send_bytes(fd);
}

static bool send_file(int folder, const char *name)
{
	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return refuse(errno == ELOOP ? REFUSED_SYMBOLIC_LINK : errno == ENXIO ? REFUSED_NO_FILE : REFUSED_UNREADABLE);
	bool sent = send_opened(fd);
	close(fd);
	return sent;
}

static bool walk(int folder, size_t length, int depth);

static bool enter(int folder, const char *name, size_t length, int depth)
{
	if (depth + 1 == DEPTH)
		return refuse(REFUSED_TOO_DEEP);
	int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return refuse(errno == ELOOP ? REFUSED_SYMBOLIC_LINK : REFUSED_UNREADABLE);
	path[length] = '/';
	bool well = walk(fd, length + 1, depth + 1);
	close(fd);
	return well;
}

static bool visit(int folder, const char *name, size_t length, int depth)
{
	struct stat stat;
	size_t end = length + strlen(name);
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return true;
	memcpy(path + length, name, end - length + 1);
	if (fstatat(folder, name, &stat, AT_SYMLINK_NOFOLLOW) != 0)
		return asked(MEANT) || asked(LEADS) ? refuse(REFUSED_UNREADABLE) : true;
	if (S_ISDIR(stat.st_mode))
		return !asked(LEADS) || enter(folder, name, end, depth);
	if (asked(MEANT))
		return S_ISLNK(stat.st_mode)   ? refuse(REFUSED_SYMBOLIC_LINK)
		       : S_ISREG(stat.st_mode) ? send_file(folder, name)
		                               : refuse(REFUSED_NO_FILE);
	return !(S_ISLNK(stat.st_mode) && asked(LEADS_BY_NAME)) || refuse(REFUSED_SYMBOLIC_LINK);
}

/* struct linux_dirent64 of getdents64(2): the numbers of the inode and the next entry come before. */
enum { RECORD_LENGTH = 16, RECORD_NAME = 19 };

static bool walk(int folder, size_t length, int depth)
{
	for (;;) {
		long count = syscall(SYS_getdents64, folder, entries[depth], (size_t)ENTRIES);
		if (count <= 0) {
			path[length] = '\0';
			return count == 0 || refuse(REFUSED_UNREADABLE);
		}
		for (long at = 0; at < count;) {
			uint16_t size;
			memcpy(&size, entries[depth] + at + RECORD_LENGTH, sizeof size);
			if (!visit(folder, (const char *)entries[depth] + at + RECORD_NAME, length, depth))
				return false;
			at += size;
		}
	}
}

void collect_files(int task, const struct end *end)
{
	const uint64_t broken = ~(uint64_t)(SAW_NO_SPACE | SAW_NO_FILES);
	bool well = end->kind == END_EXITED && end->code == 0 && (end->hits & broken) == 0 &&
	            (end->output == OUTPUT_NONE || end->output == OUTPUT_READ);
	if (patterns_end == 0 || !well)
		return;
	int work = openat(task, "work", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (work < 0) {
		memcpy(path, ".", 2);
		refuse(errno == ELOOP || errno == ENOTDIR ? REFUSED_SYMBOLIC_LINK : REFUSED_UNREADABLE);
		return;
	}
	walk(work, 0, 0);
	close(work);
}
