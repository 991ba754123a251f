/* A program that does what its input says, a JSON string. Built by build.sh. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char input[65536];

static void put(const char *path, int flags, const char *bytes, size_t length) {
  int fd = open(path, O_WRONLY | O_CREAT | flags, 0644);
  while (length > 0) {
    ssize_t some = write(fd, bytes, length);
    if (some <= 0) exit(70);
    bytes += some;
    length -= some;
  }
  close(fd);
}

static void answer(const char *json) { put(getenv("TASK_OUTPUT"), O_TRUNC, json, strlen(json)); }

static void must(int true_, const char *what) {
  if (!true_) {
    fprintf(stderr, "not so: %s (errno %d)\n", what, errno);
    exit(9);
  }
}

static void say_everything(void) {
  char text[256];
  printf("to stdout\n");
  fprintf(stderr, "to stderr\n");
  put(getenv("TASK_PROGRESS"), O_APPEND, "{\"fraction\":0.5,\"message\":\"half\"}\n", 34);
  int fd = open(getenv("TASK_INPUT"), O_RDONLY);
  char again[64] = {0};
  read(fd, again, 63);
  must(strcmp(again, input) == 0, "stdin and TASK_INPUT are the same");
  snprintf(text, sizeof text, "{\"mine\":\"%s\",\"id\":\"%s\"}", getenv("MINE"), getenv("TASK_ID"));
  answer(text);
}

static void use_files(const char *program) {
  char text[64] = {0};
  struct stat st;
  FILE *beside = fopen("data/beside.txt", "r");
  must(beside != NULL, "a file of the bundle is found from the working folder");
  must(fgets(text, sizeof text, beside) != NULL && strcmp(text, "beside\n") == 0, "it is read");
  must(lseek(fileno(beside), 0, SEEK_SET) == 0, "one can go back in it");
  put("data/beside.txt", 0, "B", 1);
  must(pread(fileno(beside), text, 7, 0) == 7 && memcmp(text, "Beside\n", 7) == 0, "it is changed");
  put("data/beside.txt", O_TRUNC, "", 0);
  must(fstat(fileno(beside), &st) == 0 && st.st_size == 0, "it is emptied");
  put(program, O_TRUNC, "", 0);
  must(stat(program, &st) == 0 && st.st_size == 0, "what nobody wrote to before is emptied too");
  must(mkdir("/tmp/a", 0755) == 0 && mkdir("/tmp/a/b", 0755) == 0, "folders are made");
  must(mkdir("/tmp/a", 0755) == -1 && errno == EEXIST, "a folder is made once");
  put("/tmp/a/b/one", 0, "0123456789", 10);
  int fd = open("/tmp/a/b/one", O_RDWR);
  must(lseek(fd, 4, SEEK_SET) == 4 && write(fd, "XY", 2) == 2, "writing goes on after seeking");
  must(lseek(fd, -2, SEEK_END) == 8 && read(fd, text, 9) == 2, "reading ends at the end");
  must(ftruncate(fd, 6) == 0 && fstat(fd, &st) == 0 && st.st_size == 6, "it is cut");
  must(pread(fd, text, 6, 0) == 6 && memcmp(text, "0123XY", 6) == 0, "its bytes are right");
  must(pwrite(fd, "Z", 1, 8) == 1 && fstat(fd, &st) == 0 && st.st_size == 9, "a gap is filled");
  close(fd);
  put("/tmp/a/b/two", O_APPEND, "more", 4);
  put("/tmp/a/b/two", O_APPEND, "over", 4);
  must(stat("/tmp/a/b/two", &st) == 0 && st.st_size == 8 && S_ISREG(st.st_mode), "it is appended to");
  must(open("/tmp/a/b/two", O_CREAT | O_EXCL | O_WRONLY, 0644) == -1 && errno == EEXIST, "exclusive");
  must(rename("/tmp/a/b/two", "/tmp/a/three") == 0, "a file is renamed");
  must(rename("/tmp/a", "/tmp/a/b/c") == -1, "a folder is not moved into itself");
  must(rename("/tmp/a/three", "/tmp/a/b/one") == 0, "a file is replaced");
  DIR *folder = opendir("/tmp/a/b");
  int seen = 0;
  for (struct dirent *e = readdir(folder); e; e = readdir(folder)) seen += strcmp(e->d_name, "one") == 0;
  must(seen == 1, "a folder is listed");
  closedir(folder);
  must(rmdir("/tmp/a/b") == -1 && errno == ENOTEMPTY, "a full folder stays");
  must(unlink("/tmp/a/b/one") == 0 && unlink("/tmp/a/b/one") == -1 && errno == ENOENT, "unlinked");
  must(rmdir("/tmp/a/b") == 0 && rmdir("/tmp/a") == 0, "empty folders go");
  must(open("/tmp/none", O_RDONLY) == -1 && errno == ENOENT, "what is not there is not there");
  must(open("/etc/passwd", O_RDONLY) == -1, "the host's files are not there");
  must(open("../../../etc/passwd", O_RDONLY) == -1, "not by a way up either");
  must(open("/proc/self/environ", O_RDONLY) == -1, "nor its processes");
  must(symlink("/etc", "/tmp/link") == -1, "there are no links");
  answer("\"ok\"");
}

static void use_clocks(void) {
  struct timespec from, to, pause = {0, 20 * 1000 * 1000};
  char random[300] = {0};
  must(clock_gettime(CLOCK_MONOTONIC, &from) == 0 && time(NULL) > 1700000000, "time goes");
  must(nanosleep(&pause, NULL) == 0 && clock_gettime(CLOCK_MONOTONIC, &to) == 0, "it sleeps");
  long long ns = (to.tv_sec - from.tv_sec) * 1000000000LL + to.tv_nsec - from.tv_nsec;
  must(ns >= 20 * 1000 * 1000, "it slept long enough");
  must(getentropy(random, 200) == 0, "there is chance");
  int zeros = 0;
  for (int i = 0; i < 200; i++) zeros += random[i] == 0;
  must(zeros < 50, "chance is no zero");
  answer("\"ok\"");
}

static char block[1 << 20];

int main(int argc, char **argv) {
  must(argc == 1 && argv[0][0] != 0, "it has a name");
  size_t length = 0;
  for (ssize_t some; (some = read(0, input + length, sizeof input - length - 1)) > 0;) length += some;
  const char *wish = input + 1;
  memset(block, 'x', sizeof block);
#define WISH(text) if (strncmp(wish, text "\"", sizeof text) == 0)
  WISH("say") say_everything();
  WISH("files") use_files(argv[0]);
  WISH("clocks") use_clocks();
  WISH("nothing") return 0;
  WISH("exit") { fprintf(stderr, "this is why\n"); return 3; }
  WISH("trap") { fprintf(stderr, "just before\n"); __builtin_trap(); }
  WISH("outside") { volatile int *far = (int *) 0x7ffffff0; answer(*far ? "1" : "0"); }
  WISH("zero") { volatile int zero = 0; answer(1000 / zero > 17 ? "1" : "0"); }
  WISH("loop") for (volatile int i = 0;; i++) {}
  WISH("sleep") { write(1, "ready\n", 6); sleep(3600); }
  WISH("ready") { write(1, "ready\n", 6); for (volatile int i = 0;; i++) {} }
  WISH("stdout") for (;;) write(1, block, sizeof block);
  WISH("stderr") for (;;) write(2, "again and again\n", 16);
  WISH("progress") for (;;) put(getenv("TASK_PROGRESS"), O_APPEND, "{\"fraction\":0.1}\n", 17);
  WISH("memory") { for (;;) { char *p = malloc(1 << 20); if (!p) abort(); p[5] = 1; } }
  WISH("small") { answer(malloc(1u << 30) ? "\"large\"" : "\"small\""); }
  WISH("output") { put(getenv("TASK_OUTPUT"), 0, block, sizeof block); }
  WISH("nojson") answer("{\"open\":");
  WISH("noutf8") answer("\"\xff\"");
  WISH("folder") must(mkdir(getenv("TASK_OUTPUT"), 0755) == 0, "a folder takes its place");
  WISH("disk") for (;;) put("/tmp/large", O_APPEND, block, sizeof block);
  WISH("inodes") {
    for (int i = 0;; i++) {
      char name[32];
      snprintf(name, sizeof name, "/tmp/%d", i);
      int fd = open(name, O_CREAT | O_WRONLY, 0644);
      if (fd < 0) return 1;
      close(fd);
    }
  }
  WISH("descriptors") {
    int opened = 0;
    while (open("/task/input.json", O_RDONLY) >= 0) opened++;
    must(errno == EMFILE && opened < 5000, "what is open is bounded");
    close(5);
    answer("\"ok\"");
  }
  return 0;
}
