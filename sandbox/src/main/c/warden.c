#include "warden.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void die(const char *what)
{
	dprintf(STDERR_FILENO, "warden: %s: %s\n", what, strerror(errno));
	_exit(125);
}

uint64_t number(const char *text)
{
	char *end = NULL;
	errno = 0;
	unsigned long long value = strtoull(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || *text == '-') {
		errno = EINVAL;
		die(text);
	}
	return value;
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "enter") == 0)
		return enter_main(argc - 1, argv + 1);
	if (argc > 1 && strcmp(argv[1], "init") == 0)
		return init_main(argc - 1, argv + 1);
	if (argc > 1 && strcmp(argv[1], "probe") == 0)
		return probe_main(argc - 1, argv + 1);
	dprintf(STDERR_FILENO, "warden: enter, init or probe is expected\n");
	return 125;
}
