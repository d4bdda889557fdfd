/* Runs a command and writes what it cost as a line of JSON: exit status, processor time, wall time,
 * peak memory. A small parent is needed: what the kernel tells of a child's peak memory is never
 * below the size of the process that started it, and Python's is larger than ours.
 *
 * usage: meter FILE COMMAND [ARGUMENT ...]
 */
#define _DEFAULT_SOURCE /* wait4 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: meter FILE COMMAND [ARGUMENT ...]\n", stderr);
        return 2;
    }
    double start = now();
    pid_t  child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    int           status;
    struct rusage used;
    if (child < 0 || wait4(child, &status, 0, &used) < 0) {
        perror("meter");
        return 3;
    }
    double wall_s = now() - start;
    FILE  *out = fopen(argv[1], "w");
    if (!out) {
        perror(argv[1]);
        return 3;
    }
    fprintf(out, "{\"status\": %d, \"processor_s\": %.6f, \"wall_s\": %.6f, \"peak_kib\": %ld}\n",
            WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
            seconds(used.ru_utime) + seconds(used.ru_stime), wall_s, used.ru_maxrss);
    return fclose(out) == 0 ? 0 : 3;
}
