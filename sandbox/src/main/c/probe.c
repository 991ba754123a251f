/*
 * probe: a program inside an environment that tries what no program inside may do, and prints one line for each check:
 * "pass" or "fail", a tab, what must hold, a tab, what was found.
 *
 *   warden probe SIZE FILES                   the most bytes and files that the task's folder may have
 *   warden probe SIZE FILES ADDRESS PORT      where there is an interface, and somebody at the address who would answer if
 *                                             anything were let through
 */
#include "warden.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

extern char **environ;

static void check(const char *fact, bool holds, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void check(const char *fact, bool holds, const char *format, ...)
{
	va_list arguments;
	printf("%s\t%s\t", holds ? "pass" : "fail", fact);
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	putchar('\n');
}

/* The value after "name:" in the process's status. */
static const char *status(const char *name)
{
	static char value[128];
	char line[256];
	size_t length = strlen(name);
	FILE *file = fopen("/proc/self/status", "re");
	strcpy(value, "unknown");
	while (file != NULL && fgets(line, sizeof line, file) != NULL) {
		if (strncmp(line, name, length) == 0 && line[length] == ':')
			sscanf(line + length + 1, " %127s", value);
	}
	if (file != NULL)
		fclose(file);
	return value;
}

static bool has_way_out(void)
{
	return access(EGRESS_SOCKET, F_OK) == 0;
}

static void is(const char *fact, const char *name, const char *expected)
{
	const char *found = status(name);
	check(fact, strcmp(found, expected) == 0, "%s is %s", name, found);
}

static const char *outcome(long result)
{
	return result >= 0 ? "allowed" : strerror(errno);
}

/* Each of these is a way into the kernel or to another process, and refused by the filter. */
static void check_calls(void)
{
	static const struct {
		const char *name;
		long number;
		long first;
	} calls[] = {
	    {"io_uring_setup", SYS_io_uring_setup, 1},
	    {"ptrace", SYS_ptrace, PTRACE_TRACEME},
	    {"process_vm_readv", SYS_process_vm_readv, 1},
	    {"pidfd_getfd", 438, 0},
	    {"keyctl", SYS_keyctl, 0},
	    {"add_key", SYS_add_key, 0},
	    {"bpf", SYS_bpf, 0},
	    {"perf_event_open", SYS_perf_event_open, 0},
	    {"userfaultfd", SYS_userfaultfd, 1},
	    {"memfd_secret", 447, 0},
	    {"vmsplice", SYS_vmsplice, 0},
	    {"shmget", SYS_shmget, 0},
	    {"msgget", SYS_msgget, 0},
	    {"mq_open", SYS_mq_open, 0},
	    {"unshare", SYS_unshare, CLONE_NEWUSER},
	    {"setns", SYS_setns, 0},
	    {"mount", SYS_mount, 0},
	    {"pivot_root", SYS_pivot_root, 0},
	    {"chroot", SYS_chroot, 0},
	    {"open_by_handle_at", SYS_open_by_handle_at, 0},
	    {"kexec_load", SYS_kexec_load, 0},
	    {"init_module", SYS_init_module, 0},
	    {"personality", SYS_personality, 0x0040000},
	};
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		char fact[64];
		long result = syscall(calls[i].number, calls[i].first, 0, 0, 0, 0, 0);
		snprintf(fact, sizeof fact, "%s is refused", calls[i].name);
		check(fact, result < 0 && errno == EPERM, "%s", outcome(result));
	}
	long result = syscall(SYS_clone, CLONE_NEWUSER | 17, 0, 0, 0, 0);
	if (result == 0)
		_exit(0);
	check("clone makes no namespace", result < 0 && errno == EPERM, "%s", outcome(result));
	result = syscall(435, 0, 0);
	check("clone3 is not there", result < 0 && errno == ENOSYS, "%s", outcome(result));
}

static void check_sockets(void)
{
	for (int family = 0; family < 46; family++) {
		bool allowed = family == AF_UNIX || family == AF_INET || family == AF_INET6 || family == AF_NETLINK;
		int fd = socket(family, SOCK_DGRAM, 0);
		if (fd >= 0 && !allowed) {
			check("sockets are only of the four plain families", false, "family %d is allowed", family);
			close(fd);
			return;
		}
		if (fd >= 0)
			close(fd);
	}
	check("sockets are only of the four plain families", true, "the others are refused");
}

static void check_interfaces(void)
{
	char line[512];
	int others = 0;
	FILE *file = fopen("/proc/net/dev", "re");
	while (file != NULL && fgets(line, sizeof line, file) != NULL)
		others += strchr(line, ':') != NULL && strstr(line, " lo:") == NULL;
	check("there is no network interface", file != NULL && others == 0, "%d beside the loopback", others);
	if (file != NULL)
		fclose(file);
}

static int try_to_connect(const char *to, int port, int seconds)
{
	struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
	struct timeval patience = {.tv_sec = seconds, .tv_usec = seconds > 0 ? 0 : 300000};
	bool is_four = inet_pton(AF_INET, to, &four.sin_addr) == 1;
	int fd = socket(is_four ? AF_INET : AF_INET6, SOCK_STREAM, 0);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	int result = is_four ? connect(fd, (struct sockaddr *)&four, sizeof four)
	                     : inet_pton(AF_INET6, to, &six.sin6_addr) != 1 ? -1 : connect(fd, (struct sockaddr *)&six, sizeof six);
	int error = result == 0 ? 0 : errno;
	close(fd);
	return error;
}

/* Without an interface a packet that finds a way is one too many. With one, whoever answers, if only to refuse. */
static void check_connections(const char *neighbour, int port)
{
	static const char *const addresses[] = {"1.1.1.1", "169.254.169.254", "172.17.0.1", "10.0.0.1"};
	bool alone = neighbour == NULL;
	int seconds = alone ? 0 : 1;
	const char *bad = try_to_connect("127.0.0.1", 2375, seconds) == 0 ? "127.0.0.1" : NULL;
	int error = 0;
	for (size_t i = 0; i < sizeof addresses / sizeof *addresses && bad == NULL; i++) {
		error = try_to_connect(addresses[i], 80, seconds);
		if (error == 0 || error == (alone ? EINPROGRESS : ECONNREFUSED))
			bad = addresses[i];
	}
	if (!alone && bad == NULL) {
		int answer = try_to_connect(neighbour, port, 3);
		bool own = strncmp(neighbour, "127.", 4) == 0 || strcmp(neighbour, "::1") == 0;
		if (answer == 0 || (answer == ECONNREFUSED && !own))
			bad = neighbour;
	}
	if (bad != NULL)
		check("nothing can be connected to", false, "%s is there", bad);
	else
		check("nothing can be connected to", true, "%s", strerror(error));
}

static void check_files(void)
{
	static const char *const places[] = {"/",    "/usr",      "/usr/bin",         "/etc",     "/dev",
	                                     "/opt", "/opt/taskwright", "/var/tmp",   "/run",     "/home",
	                                     "/sys", "/sys/fs/cgroup", "/proc/sys/kernel", "/proc", "/srv", "/mnt",
	                                     "/media", "/var", "/dev/pts", "/dev/mqueue", "/egress"};
	static const char *const settings[] = {"/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger",
	                                       "/proc/sys/vm/overcommit_memory", "/sys/kernel/uevent_helper"};
	static const char *const secrets[] = {"/etc/shadow", "/proc/kcore", "/proc/1/environ", "/proc/1/mem",
	                                      "/dev/mem",    "/dev/kmsg",   "/dev/vda",        "/dev/sda",
	                                      "/dev/kvm",    "/dev/fuse",   "/dev/net/tun",    "/proc/1/fd/0",
	                                      "/var/run/docker.sock"};
	static const char *const homes[] = {"/root", "/home"};
	char path[256];
	const char *bad = "";
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		snprintf(path, sizeof path, "%s/taskwright-probe", places[i]);
		int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
		if (fd >= 0) {
			bad = places[i];
			close(fd);
			unlink(path);
		}
	}
	check("only the task's folder can be written", *bad == '\0', "%s", *bad == '\0' ? "read-only" : bad);
	bad = "";
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
		bad = open(settings[i], O_WRONLY) >= 0 ? settings[i] : bad;
	check("the kernel's settings cannot be written", *bad == '\0', "%s", *bad == '\0' ? "refused" : bad);
	bad = "";
	for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
		bad = open(secrets[i], O_RDONLY | O_NONBLOCK) >= 0 ? secrets[i] : bad;
	check("the host's and the warden's secrets cannot be read", *bad == '\0', "%s", *bad == '\0' ? "refused" : bad);
	bad = "";
	for (size_t i = 0; i < sizeof homes / sizeof *homes; i++) {
		DIR *dir = opendir(homes[i]);
		for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;)
			bad = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ? bad : homes[i];
	}
	check("nobody's home is there", *bad == '\0', "%s", *bad == '\0' ? "none" : bad);
}

/* What may be mounted writable: the task's folders, and what check_files finds closed. */
static bool may_be_writable(const char *place, const char *kind)
{
	static const char *const known[][2] = {{TASK_DIR, "tmpfs"},       {"/dev/shm", "tmpfs"}, {"/proc", "proc"},
	                                       {"/dev", "tmpfs"},         {"/dev/pts", "devpts"}, {"/dev/mqueue", "mqueue"},
	                                       {"/sys/fs/cgroup", "tmpfs"}};
	struct stat stat_of;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (strcmp(place, known[i][0]) == 0 && strcmp(kind, known[i][1]) == 0)
			return true;
	}
	if (stat(place, &stat_of) != 0)
		return errno == EACCES; /* in a folder that is closed to us */
	if (S_ISREG(stat_of.st_mode))
		return access(place, W_OK) != 0; /* whoever mounted it may write it, and we may not */
	return S_ISCHR(stat_of.st_mode); /* a device, in place of a secret or by itself */
}

static bool says_read_only(const char *options)
{
	return strcmp(options, "ro") == 0 || strncmp(options, "ro,", 3) == 0;
}

/* By the kernel's list, because a writable folder may be anywhere, and somebody else's today. */
static void check_mounts(void)
{
	char *line = NULL;
	size_t size = 0, mounts = 0;
	char bad[256] = "";
	FILE *file = fopen("/proc/self/mountinfo", "re");
	while (file != NULL && getline(&line, &size, file) > 0) {
		char place[200], own[200], kind[64], whole[8];
		char *rest = strstr(line, " - ");
		bool read = rest != NULL && sscanf(line, "%*s %*s %*s %*s %199s %199s", place, own) == 2 &&
		            sscanf(rest, " - %63s %*s %7s", kind, whole) == 2;
		bool closed = read && (says_read_only(own) || says_read_only(whole));
		mounts++;
		if (!closed && !(read && may_be_writable(place, kind)))
			snprintf(bad, sizeof bad, "%s", read ? place : "unreadable");
	}
	check("nothing else is mounted writable", mounts > 0 && *bad == '\0', "%s", *bad == '\0' ? "read-only" : bad);
	free(line);
	if (file != NULL)
		fclose(file);
}

static void check_setuid(void)
{
	static const char *const files[] = {"/usr/bin/su",     "/usr/bin/sudo",   "/usr/bin/mount", "/usr/bin/passwd",
	                                    "/usr/bin/newgrp", "/usr/bin/chsh",   "/usr/bin/gpasswd", "/usr/bin/umount"};
	const char *bad = "";
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct stat stat_of;
		struct statvfs fs;
		bool set = stat(files[i], &stat_of) == 0 && (stat_of.st_mode & (S_ISUID | S_ISGID)) != 0;
		if (set && (statvfs(files[i], &fs) != 0 || (fs.f_flag & ST_NOSUID) == 0))
			bad = files[i];
	}
	check("files with the set-user bit give nothing", *bad == '\0', "%s", *bad == '\0' ? "ignored or absent" : bad);
}

/* The warden's second process, where there is a way out: as closed as the first. */
static bool is_closed(int pid)
{
	static const char *const files[] = {"mem", "environ", "maps", "fd/0"};
	char path[64];
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		snprintf(path, sizeof path, "/proc/%d/%s", pid, files[i]);
		if (open(path, O_RDONLY | O_CLOEXEC) >= 0)
			return false;
	}
	return true;
}

static void check_processes(void)
{
	int others = 0, expected = has_way_out() ? 1 : 0;
	DIR *dir = opendir("/proc");
	for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;) {
		int pid = atoi(entry->d_name);
		if (pid > 1 && pid != getpid())
			others += is_closed(pid) ? 1 : 2;
	}
	check("no other process is seen", dir != NULL && others == expected && getppid() == 1, "%d others", others);
	if (dir != NULL)
		closedir(dir);
}

static void check_inheritance(void)
{
	static const char *const known[] = {"PATH=", "HOME=", "TMPDIR=", "LANG=", "TZ=", "TASK_"};
	const char *bad = "";
	for (char **variable = environ; *variable != NULL; variable++) {
		bool ours = false;
		for (size_t i = 0; i < sizeof known / sizeof *known; i++)
			ours = ours || strncmp(*variable, known[i], strlen(known[i])) == 0;
		bad = ours ? bad : *variable;
	}
	check("no variable of the host is inherited", *bad == '\0', "%s", *bad == '\0' ? "none" : "one is");
	int open_fds = 0;
	for (int fd = 3; fd < 1024; fd++)
		open_fds += fcntl(fd, F_GETFD) >= 0;
	check("no open file of the host is inherited", open_fds == 0, "%d", open_fds);
	struct rlimit core = {1, 1};
	getrlimit(RLIMIT_CORE, &core);
	check("no core is dumped", core.rlim_max == 0, "at most %llu bytes", (unsigned long long)core.rlim_max);
}

static void check_space(uint64_t size, uint64_t files)
{
	struct statvfs fs = {0};
	bool known = statvfs(TASK_DIR, &fs) == 0;
	uint64_t bytes = (uint64_t)fs.f_blocks * fs.f_frsize;
	check("the task's folder is bounded in bytes", known && bytes <= size, "%llu", (unsigned long long)bytes);
	check("the task's folder is bounded in files", known && (files == 0 || fs.f_files <= files), "%llu",
	      (unsigned long long)fs.f_files);
}

int probe_main(int argc, char **argv)
{
	if (argc != 3 && argc != 5) {
		errno = EINVAL;
		die("probe SIZE FILES [ADDRESS PORT]");
	}
	check_processes();
	check_inheritance();
	is("system calls are filtered", "Seccomp", "2");
	is("no new privileges can be had", "NoNewPrivs", "1");
	is("there are no capabilities", "CapEff", "0000000000000000");
	is("there never will be capabilities", "CapBnd", "0000000000000000");
	check("the user is unprivileged", getuid() != 0 && getgid() != 0, "%u", getuid());
	if (argc == 3)
		check_interfaces();
	check_connections(argc == 5 ? argv[3] : NULL, argc == 5 ? (int)number(argv[4]) : 0);
	check_sockets();
	check_calls();
	check_files();
	check_mounts();
	check_setuid();
	check_space(number(argv[1]), number(argv[2]));
	return fflush(stdout) == 0 ? 0 : 1;
}
