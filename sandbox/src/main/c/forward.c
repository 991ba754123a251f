/*
 * The way out, for environments that have one: a process beside the program that takes connections on a port of the
 * environment's own loopback and passes their bytes to the proxy's socket. It decides nothing: that is the proxy's part,
 * on the host. A program that kills it has no network, no more.
 *
 * One thread, no allocation, as many connections at once as the proxy has at most.
 */
#include "init.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { PAIRS = 128, ROOM = 8192, LISTENER = 0 };

/* Bytes from one end of a pair on their way to the other. */
struct flow {
	uint8_t bytes[ROOM];
	size_t at, end;
	bool ended, closed; /* nothing more comes; the other end knows */
};

/* A connection of the program, and the one to the proxy that belongs to it: flows[i] comes from ends[i]. */
static struct pair {
	bool used;
	int ends[2];
	struct flow flows[2];
} pairs[PAIRS];

static bool waits_to_write(const struct flow *flow)
{
	return flow->at < flow->end;
}

static void drop(struct pair *pair)
{
	close(pair->ends[0]);
	close(pair->ends[1]);
	pair->used = false;
}

static struct pair *free_pair(void)
{
	for (int i = 0; i < PAIRS; i++) {
		if (!pairs[i].used)
			return &pairs[i];
	}
	return NULL;
}

static void take(struct pair *pair)
{
	struct sockaddr_un proxy = {.sun_family = AF_UNIX, .sun_path = EGRESS_SOCKET};
	int in = accept4(LISTENER, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (in < 0)
		return;
	int out = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (out < 0 || connect(out, (struct sockaddr *)&proxy, sizeof proxy) != 0) {
		close(in);
		if (out >= 0)
			close(out);
		return;
	}
	pair->used = true;
	for (int i = 0; i < 2; i++) {
		pair->ends[i] = i == 0 ? in : out;
		pair->flows[i].at = pair->flows[i].end = 0;
		pair->flows[i].ended = pair->flows[i].closed = false;
	}
}

/* Reads or writes what can be read or written at once; false if an end is gone. */
static bool move(struct pair *pair, int from)
{
	struct flow *flow = &pair->flows[from];
	int to = pair->ends[1 - from];
	ssize_t count;
	if (!waits_to_write(flow) && !flow->ended) {
		count = read(pair->ends[from], flow->bytes, ROOM);
		if (count < 0)
			return errno == EAGAIN || errno == EINTR;
		flow->at = 0;
		flow->end = (size_t)count;
		flow->ended = count == 0;
	}
	if (waits_to_write(flow)) {
		count = send(to, flow->bytes + flow->at, flow->end - flow->at, MSG_NOSIGNAL);
		if (count < 0)
			return errno == EAGAIN || errno == EINTR;
		flow->at += (size_t)count;
	}
	if (flow->ended && !flow->closed) {
		flow->closed = true;
		shutdown(to, SHUT_WR);
	}
	return true;
}

/* What one end waits for, if anything: an end that nobody asks would report its hang-up again and again. */
static struct pollfd wanted(const struct pair *pair, int end)
{
	short events = 0;
	if (pair->used && !waits_to_write(&pair->flows[end]) && !pair->flows[end].ended)
		events |= POLLIN;
	if (pair->used && waits_to_write(&pair->flows[1 - end]))
		events |= POLLOUT;
	return (struct pollfd){.fd = events == 0 ? -1 : pair->ends[end], .events = events};
}

static void turn(void)
{
	static struct pollfd fds[1 + 2 * PAIRS];
	struct pair *next = free_pair();
	fds[0] = (struct pollfd){.fd = next == NULL ? -1 : LISTENER, .events = POLLIN};
	for (int i = 0; i < PAIRS; i++) {
		fds[1 + 2 * i] = wanted(&pairs[i], 0);
		fds[2 + 2 * i] = wanted(&pairs[i], 1);
	}
	if (poll(fds, 1 + 2 * PAIRS, -1) < 0)
		return;
	for (int i = 0; i < PAIRS; i++) {
		struct pair *pair = &pairs[i];
		if ((fds[1 + 2 * i].revents | fds[2 + 2 * i].revents) == 0)
			continue;
		if (!move(pair, 0) || !move(pair, 1) || (pair->flows[0].closed && pair->flows[1].closed))
			drop(pair);
	}
	if (next != NULL && fds[0].revents != 0)
		take(next);
}

static void forward(int listener)
{
	prctl(PR_SET_DUMPABLE, 0);
	/* Nothing of init's is this process's: not the pipes to the host, not the control group's files. */
	if (dup2(listener, LISTENER) < 0 || close_range(LISTENER + 1, ~0U, 0) != 0)
		_exit(1);
	for (;;)
		turn();
}

void forward_start(void)
{
	struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(EGRESS_PORT)};
	here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (access(EGRESS_SOCKET, F_OK) != 0) {
		if (errno != ENOENT)
			report_not_started(EGRESS_SOCKET, errno);
		return; /* no way out, as usual */
	}
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (listener < 0 || bind(listener, (struct sockaddr *)&here, sizeof here) != 0 || listen(listener, PAIRS) != 0)
		report_not_started("cannot listen for the program's connections", errno);
	pid_t pid = fork();
	if (pid < 0)
		report_not_started("cannot make a process for the way out", errno);
	if (pid == 0)
		forward(listener);
	close(listener);
}
