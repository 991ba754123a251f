/*
 * init: PID 1 of the environment. Takes the program from the host, runs it, keeps its streams apart on the way out,
 * holds its limits from inside, and ends everything when the program ends or the host goes away.
 *
 *   warden init USAGE STATISTICS MEMORY_EVENTS PROCESS_EVENTS PEAK PROCESSOR      files of the cgroup, as watch_open takes them
 *   warden init ... PROCESSES MOST      where nothing else bounds processes, and the host joins our streams later: it sends a
 *                                       byte when it has, and hears nothing that is said before
 *
 * One thread, no allocation: it works while the program fills memory, processes and disk around it.
 */
#include "init.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WATCH_MS = 100, LAST_WORDS_MS = 10000 };

static struct program program;
static struct end end;
static int task, children;
static int go = -1; /* to the harness, until it knows its program */
static int sources[3] = {-1, -1, -1}; /* the program's stdout and stderr, the progress pipe */
static const uint8_t source_frames[3] = {OUT_STDOUT, OUT_STDERR, OUT_PROGRESS};
static pid_t main_pid;
static bool killed, reaped_main, nobody_left;
static uint64_t started_ms, stop_ms, ended_ms;

static uint64_t now_ms(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

static uint64_t micros(const struct timeval *time)
{
	return (uint64_t)time->tv_sec * 1000000 + (uint64_t)time->tv_usec;
}

static void kill_all(void)
{
	killed = true;
	kill(-1, SIGKILL); /* everybody in the namespace but us */
}

/* Becomes the program. Runs in the child; an errno in the pipe says what went wrong. */
static void become_program(int hears, int errors)
{
	static const char adjustment[] = "1000";
	sigset_t none;
	setsid();
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	/* The program dies before everybody else when the host runs out of memory. Our own /proc files are closed to us. */
	prctl(PR_SET_DUMPABLE, 1);
	int oom = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
	if (oom >= 0 && write(oom, adjustment, sizeof adjustment - 1) > 0)
		close(oom);
	if (fchdir(task) == 0 && chdir("work") == 0 && (hears < 0 || dup2(hears, GO_FD) == GO_FD))
		execve(program.argv[0], program.argv, program.env);
	int error = errno;
	if (write(errors, &error, sizeof error) != sizeof error)
		_exit(126);
	_exit(127);
}

/* Starts the process that is or will become the program. A harness hears at the descriptor; -1 if there is none. */
static void start_process(int hears)
{
	int out[2], err[2], errors[2], error = 0;
	int in = openat(task, INPUT_FILE, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (in < 0 && errno == ENOENT)
		in = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (in < 0 || pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0 || pipe2(errors, O_CLOEXEC) != 0)
		report_not_started("cannot make the program's streams", errno);
	sources[0] = out[0];
	sources[1] = err[0];
	for (int i = 0; i < 2; i++)
		fcntl(sources[i], F_SETFL, O_NONBLOCK);
	main_pid = fork();
	if (main_pid < 0)
		report_not_started("cannot make a process", errno);
	if (main_pid == 0) {
		if (dup2(in, STDIN_FILENO) < 0 || dup2(out[1], STDOUT_FILENO) < 0 || dup2(err[1], STDERR_FILENO) < 0)
			_exit(126);
		become_program(hears, errors[1]);
	}
	close(in);
	close(out[1]);
	close(err[1]);
	close(errors[1]);
	if (read(errors[0], &error, sizeof error) == sizeof error)
		report_not_started(program.argv[0], error);
	close(errors[0]);
}

void start_harness(void)
{
	int pipe[2];
	/* It reads its stdin from this file, whatever is written to it until it looks. */
	int input = openat(task, INPUT_FILE, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (input < 0 || close(input) != 0 || pipe2(pipe, O_CLOEXEC) != 0)
		report_not_started("cannot make the harness's streams", errno);
	start_process(pipe[0]);
	close(pipe[0]);
	go = pipe[1];
}

static bool tell(const char *text, size_t count)
{
	while (count > 0) {
		ssize_t written = write(go, text, count);
		if (written < 0 && errno != EINTR)
			return false;
		if (written > 0) {
			text += written;
			count -= (size_t)written;
		}
	}
	return true;
}

static bool tell_all(char *const *texts)
{
	for (; *texts != NULL; texts++) {
		if (!tell(*texts, strlen(*texts) + 1))
			return false;
	}
	return true;
}

/* A harness that is gone has run nothing of the program. It is the program's limits' fault, or the host's. */
static void tell_harness(void)
{
	if (!tell_all(program.argv) || !tell("", 1) || !tell_all(program.env)) {
		watch(task, &program.limits, &end);
		if ((end.hits & (HIT_MEMORY | HIT_OOM | HIT_PROCESSES)) == 0)
			report_not_started("the runtime was gone before its program came", ESRCH);
	}
	close(go);
}

static void start_program(void)
{
	watch_start();
	started_ms = now_ms();
	if (go < 0)
		start_process(-1);
	else
		tell_harness();
	out_frame(OUT_STARTED, 0);
	out_some();
}

/* Takes note of every process that ended. */
static void reap(void)
{
	for (;;) {
		int status;
		pid_t pid = waitpid(-1, &status, WNOHANG);
		if (pid < 0 && errno == EINTR)
			continue;
		nobody_left = pid < 0;
		if (pid <= 0)
			return;
		if (pid != main_pid)
			continue;
		reaped_main = true;
		ended_ms = now_ms();
		end.wall_us = (ended_ms - started_ms) * 1000;
		end.kind = WIFSIGNALED(status) ? END_SIGNALED : END_EXITED;
		end.code = (uint64_t)(WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
		if (!killed)
			watch(task, &program.limits, &end); /* as it was when the program ended */
		kill_all();
	}
}

/* Moves some bytes of a source into a frame. What is over the limit is dropped, and the program with it. */
static void relay(int which)
{
	ssize_t count = read(sources[which], out_payload, FRAME_MAX);
	if (count < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (count <= 0) {
		close(sources[which]);
		sources[which] = -1;
		return;
	}
	uint64_t room = program.limits.log - end.log;
	if ((uint64_t)count > room) {
		count = (ssize_t)room;
		end.hits |= HIT_LOG;
		kill_all();
	}
	end.log += (uint64_t)count;
	if (count > 0) {
		out_frame(source_frames[which], (size_t)count);
		out_some();
	}
}

static void stop(void)
{
	if (stop_ms != 0)
		return;
	end.hits |= HIT_STOP;
	stop_ms = now_ms();
	if (!reaped_main)
		kill(-main_pid, SIGTERM);
}

/* Waits until something happens or has to be looked at, and hands it on. */
static void turn(void)
{
	static int first;
	struct pollfd fds[6] = {{.fd = STDIN_FILENO, .events = POLLIN},
	                        {.fd = children, .events = POLLIN},
	                        {.fd = out_waits() ? STDOUT_FILENO : -1, .events = POLLOUT}};
	for (int i = 0; i < 3; i++)
		fds[3 + i] = (struct pollfd){.fd = out_waits() ? -1 : sources[i], .events = POLLIN};
	if (poll(fds, 6, in_waits() ? 0 : reaped_main ? 10 : WATCH_MS) < 0)
		return;
	if (fds[0].revents != 0 || in_waits()) {
		in_control();
		stop();
	}
	if (fds[1].revents != 0) {
		struct signalfd_siginfo info;
		if (read(children, &info, sizeof info) > 0)
			reap();
	}
	out_some();
	first++; /* no source starves another */
	for (int i = 0; i < 3 && !out_waits(); i++) {
		int which = (first + i) % 3;
		if (fds[3 + which].revents != 0)
			relay(which);
	}
}

static void hold_limits(void)
{
	static uint64_t next_watch;
	uint64_t now = now_ms();
	if (reaped_main) {
		if (!nobody_left)
			kill_all();
		return;
	}
	if (now - started_ms >= program.limits.wall_ms) {
		end.hits |= HIT_WALL;
		kill_all();
	}
	if (stop_ms != 0 && now - stop_ms >= program.limits.grace_ms)
		kill_all();
	if (now >= next_watch) {
		next_watch = now + WATCH_MS;
		watch(task, &program.limits, &end);
		if ((end.hits & (HIT_MEMORY | HIT_FILES | HIT_OOM | HIT_PROCESSES | HIT_CPU)) != 0)
			kill_all();
	}
}

/* The progress pipe never ends, because we hold it open ourselves: it is done when it is empty. */
static bool progress_empty(void)
{
	struct pollfd fd = {.fd = sources[2], .events = POLLIN};
	return sources[2] < 0 || poll(&fd, 1, 0) == 0;
}

static void run(void)
{
	while (!(reaped_main && nobody_left && sources[0] < 0 && sources[1] < 0 && progress_empty() && !out_waits())) {
		turn();
		reap();
		hold_limits();
		if (reaped_main && now_ms() - ended_ms > LAST_WORDS_MS)
			break; /* something in there does not die, or the host does not read */
	}
}

static void prepare(void)
{
	sigset_t child;
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	children = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
	task = open(TASK_DIR, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (children < 0 || task < 0)
		die(TASK_DIR);
	if (mkdirat(task, "work", 0755) != 0 || mkdirat(task, "tmp", 0755) != 0 || mkdirat(task, "shm", 0755) != 0 ||
	    mkfifoat(task, "progress", 0600) != 0)
		die("cannot make the task's folders");
	sources[2] = openat(task, "progress", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (sources[2] < 0 || fcntl(STDOUT_FILENO, F_SETFL, O_NONBLOCK) != 0)
		die("cannot open the pipes");
}

/* Where the host joins later, it could not set these either. */
static void bound_processes(const char *file, uint64_t most)
{
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
	setrlimit(RLIMIT_MSGQUEUE, &(struct rlimit){0, 0});
	setrlimit(RLIMIT_NOFILE, &(struct rlimit){1024, 1024});
	watch_processes(file, most);
}

int init_main(int argc, char **argv)
{
	struct rusage used;
	char joined;
	prctl(PR_SET_DUMPABLE, 0); /* no process of the task's own user can look into us, before we know anything */
	if ((argc != 7 && argc != 9) || getpid() != 1) {
		errno = EINVAL;
		die("init USAGE STATISTICS MEMORY_EVENTS PROCESS_EVENTS PEAK PROCESSOR [PROCESSES MOST], as PID 1");
	}
	watch_open(argv + 1);
	if (argc == 9)
		bound_processes(argv[7], number(argv[8]));
	prepare();
	if (argc == 9)
		in_need(&joined, sizeof joined);
	out_frame(OUT_READY, 0);
	out_all();
	setup_read(task, &program);
	forward_start();
	start_program();
	run();
	report_files(task, &program.limits, &end);
	watch_last(&end);
	if (getrusage(RUSAGE_CHILDREN, &used) == 0)
		end.cpu_us = micros(&used.ru_utime) + micros(&used.ru_stime);
	report_end(&end, "");
}
