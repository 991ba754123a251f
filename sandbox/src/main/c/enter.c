/*
 * enter: on the host, before bubblewrap. Joins the control groups, makes the environment's root folder where only this
 * process tree sees it, becomes an unprivileged user of the host, and then becomes bubblewrap.
 *
 *   warden enter OPTION... -- PROGRAM ARGUMENT...
 *
 * The options work in their order; the first --open becomes descriptor 3 of the program, the next 4, and so on. --user
 * and all that follow it in the table need root; paths after --stage are relative to the new root folder.
 */
#include "warden.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static int next_fd = 3;
static uid_t user;
static const char *stage;

static void write_file(const char *dir, const char *name, const char *text)
{
	char path[4096];
	if ((size_t)snprintf(path, sizeof path, "%s/%s", dir, name) >= sizeof path) {
		errno = ENAMETOOLONG;
		die(dir);
	}
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		die(path);
	close(fd);
}

static void limit(int resource, const char *name, rlim_t value)
{
	struct rlimit rlimit = {value, value};
	if (setrlimit(resource, &rlimit) != 0)
		die(name);
}

/* --cgroup DIR */
static void join_cgroup(char **argument)
{
	write_file(argument[0], "cgroup.procs", "0");
}

/* --oom ADJUSTMENT */
static void adjust_oom(char **argument)
{
	write_file("/proc/self", "oom_score_adj", argument[0]);
}

/* --nofile COUNT */
static void limit_files(char **argument)
{
	limit(RLIMIT_NOFILE, "nofile", number(argument[0]));
}

/* --open FILE */
static void open_file(char **argument)
{
	int fd = open(argument[0], O_RDONLY); /* meant to be inherited */
	if (fd != next_fd++)
		die(argument[0]);
}

/* --user ID: group and user from the end on */
static void choose_user(char **argument)
{
	user = (uid_t)number(argument[0]);
}

/* --stage DIR: an empty root folder of root's own, mounted there for this process tree alone */
static void make_stage(char **argument)
{
	stage = argument[0];
	if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
		die("cannot leave the host's mounts");
	if (mount("root", stage, "tmpfs", MS_NOSUID, "size=64k,nr_inodes=64,mode=0755") != 0 || chdir(stage) != 0)
		die(stage);
}

/* --dir NAME */
static void make_dir(char **argument)
{
	if (mkdir(argument[0], 0755) != 0)
		die(argument[0]);
}

/* --link TARGET NAME */
static void make_link(char **argument)
{
	if (symlink(argument[0], argument[1]) != 0)
		die(argument[1]);
}

/* --device MINOR NAME: a memory device */
static void make_device(char **argument)
{
	dev_t device = makedev(1, (unsigned)number(argument[0]));
	if (mknod(argument[1], S_IFCHR | 0666, device) != 0 || chmod(argument[1], 0666) != 0)
		die(argument[1]);
}

/* --bind SOURCE NAME: a folder of the host, read-only */
static void bind_dir(char **argument)
{
	if (mkdir(argument[1], 0755) != 0 && errno != EEXIST)
		die(argument[1]);
	if (mount(argument[0], argument[1], NULL, MS_BIND, NULL) != 0 ||
	    mount(NULL, argument[1], NULL, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL) != 0)
		die(argument[0]);
}

/* --tmpfs NAME SIZE FILES: the task's own folder, bounded */
static void mount_tmpfs(char **argument)
{
	char options[200];
	make_dir(argument);
	snprintf(options, sizeof options, "size=%llu,nr_inodes=%llu,mode=0755,uid=%u,gid=%u",
	         (unsigned long long)number(argument[1]), (unsigned long long)number(argument[2]), user, user);
	if (mount("task", argument[0], "tmpfs", MS_NOSUID | MS_NODEV, options) != 0)
		die(argument[0]);
}

static const struct option {
	const char *name;
	int arguments;
	void (*act)(char **argument);
} options[] = {
    {"--cgroup", 1, join_cgroup}, {"--oom", 1, adjust_oom}, {"--nofile", 1, limit_files}, {"--open", 1, open_file},
    {"--user", 1, choose_user},   {"--stage", 1, make_stage}, {"--dir", 1, make_dir},      {"--link", 2, make_link},
    {"--device", 2, make_device}, {"--bind", 2, bind_dir},    {"--tmpfs", 3, mount_tmpfs},
};

/* Acts on one option and returns how many words it took. */
static int take(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		if (strcmp(argv[0], options[i].name) == 0 && options[i].arguments < argc) {
			options[i].act(argv + 1);
			return 1 + options[i].arguments;
		}
	}
	errno = EINVAL;
	die(argv[0]);
}

static void close_stage(void)
{
	if (stage != NULL && mount(NULL, stage, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID, NULL) != 0)
		die(stage);
	if (chdir("/") != 0)
		die("/");
}

static void become_user(void)
{
	if (geteuid() != 0)
		return; /* the service's own user has no privilege to lose */
	if (user == 0 || setgroups(0, NULL) != 0 || setresgid(user, user, user) != 0 ||
	    setresuid(user, user, user) != 0 || getuid() != user || setuid(0) == 0) {
		errno = EPERM;
		die("cannot become an unprivileged user");
	}
}

int enter_main(int argc, char **argv)
{
	static char *const no_environment[] = {NULL};
	int i = 1;

	if (close_range(3, ~0U, 0) != 0)
		die("cannot close what was inherited");
	limit(RLIMIT_CORE, "core", 0);
	limit(RLIMIT_MSGQUEUE, "msgqueue", 0);
	while (i < argc && strcmp(argv[i], "--") != 0)
		i += take(argc - i, argv + i);
	if (++i >= argc) {
		errno = EINVAL;
		die("no program to become");
	}
	setsid(); /* fails only if it leads a session already */
	umask(022);
	close_stage();
	become_user();
	execve(argv[i], argv + i, no_environment);
	die(argv[i]);
}
