/*
 * Draws the Mandelbrot set. Built by:
 *   clang --target=wasm32-wasi -O2 -s -o mandelbrot.wasm mandelbrot.c
 * The task's inputSchema has checked the input, so a number is where its name says it is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char input[4096];

static long number(const char *name) {
  const char *at = strstr(input, name);
  return at ? strtol(strchr(at, ':') + 1, NULL, 10) : 0;
}

static long steps(double x, double y, long most) {
  double re = 0, im = 0;
  long n = 0;
  while (n < most && re * re + im * im <= 4) {
    double next = re * re - im * im + x;
    im = 2 * re * im + y;
    re = next;
    n++;
  }
  return n;
}

int main(void) {
  read(STDIN_FILENO, input, sizeof input - 1);
  long width = number("\"width\""), height = number("\"height\""), most = number("\"steps\"");
  FILE *output = fopen(getenv("TASK_OUTPUT"), "w");
  FILE *progress = fopen(getenv("TASK_PROGRESS"), "a");
  if (output == NULL || progress == NULL) {
    perror("the files of the task");
    return 1;
  }
  long inside = 0;
  fputs("{\"rows\":[", output);
  for (long row = 0; row < height; row++) {
    fputs(row ? ",\"" : "\"", output);
    for (long column = 0; column < width; column++) {
      long n = steps(-2.2 + 3.2 * column / width, -1.2 + 2.4 * row / height, most);
      inside += n == most;
      fputc(n == most ? '#' : n > 6 ? '+' : n > 3 ? '.' : ' ', output);
    }
    fputc('"', output);
    if (row % 8 == 0) {
      fprintf(progress, "{\"fraction\":%.3f,\"message\":\"row %ld\"}\n", (double) row / height, row);
      fflush(progress);
    }
  }
  fprintf(output, "],\"inside\":%ld}", inside);
  fclose(output);
  printf("%ld of %ld points never leave\n", inside, width * height);
  return 0;
}
