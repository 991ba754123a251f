#include "init.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { HOST_GONE = 126, HOST_CONFUSED = 127, PATIENCE_MS = 10000 };

static uint8_t in[FRAME_MAX];
static size_t in_at, in_end;

static uint8_t out[FRAME_HEAD + FRAME_MAX];
static size_t out_at, out_end;
uint8_t *const out_payload = out + FRAME_HEAD;

static void in_fill(void)
{
	ssize_t count;
	do
		count = read(STDIN_FILENO, in, sizeof in);
	while (count < 0 && errno == EINTR);
	if (count <= 0)
		_exit(HOST_GONE); /* the process that started us is dead: the kernel ends all others with PID 1 */
	in_at = 0;
	in_end = (size_t)count;
}

size_t in_some(void *to, size_t count)
{
	if (in_at == in_end)
		in_fill();
	if (count > in_end - in_at)
		count = in_end - in_at;
	memcpy(to, in + in_at, count);
	in_at += count;
	return count;
}

void in_need(void *to, size_t count)
{
	uint8_t *at = to;
	while (count > 0) {
		size_t some = in_some(at, count);
		at += some;
		count -= some;
	}
}

void in_head(uint8_t *type, uint32_t *length)
{
	uint8_t head[FRAME_HEAD];
	in_need(head, sizeof head);
	*type = head[0];
	*length = (uint32_t)head[1] << 24 | (uint32_t)head[2] << 16 | (uint32_t)head[3] << 8 | head[4];
}

bool in_waits(void)
{
	return in_at < in_end;
}

void in_control(void)
{
	uint8_t type;
	uint32_t length;
	in_head(&type, &length);
	if (type != IN_STOP || length != 0)
		_exit(HOST_CONFUSED);
}

void out_frame(uint8_t type, size_t length)
{
	out[0] = type;
	out[1] = (uint8_t)(length >> 24);
	out[2] = (uint8_t)(length >> 16);
	out[3] = (uint8_t)(length >> 8);
	out[4] = (uint8_t)length;
	out_at = 0;
	out_end = FRAME_HEAD + length;
}

bool out_waits(void)
{
	return out_at < out_end;
}

void out_some(void)
{
	while (out_waits()) {
		ssize_t count = write(STDOUT_FILENO, out + out_at, out_end - out_at);
		if (count > 0)
			out_at += (size_t)count;
		else if (count < 0 && errno == EAGAIN)
			return;
		else if (count < 0 && errno != EINTR)
			_exit(HOST_GONE);
	}
}

void out_all(void)
{
	for (out_some(); out_waits(); out_some()) {
		struct pollfd room = {.fd = STDOUT_FILENO, .events = POLLOUT};
		if (poll(&room, 1, PATIENCE_MS) == 0)
			_exit(HOST_GONE);
	}
}
