#define _GNU_SOURCE /* renameat2 */

#include "sim/folder.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/own_folder.h"
#include "tests/support.h"

#define MARK "mark.yaml"

static struct arena  arena;
static struct errors errors;
static bool          cannot_exchange; /* as if the folder lay on NFS */

/* In place of the C library's. */
int renameat2(int from, const char *old, int to, const char *new, unsigned int flags)
{
    if (cannot_exchange && flags) {
        errno = EINVAL;
        return -1;
    }
    return (int)syscall(SYS_renameat2, from, old, to, new, flags);
}

static const char *at(const char *name)
{
    return arena_print(&arena, "%s/%s", own_folder(), name);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    cr_assert(file, "%s", path);
    fputs(text, file);
    cr_assert_eq(fclose(file), 0);
}

static const char *read_file(const char *path)
{
    char  text[64] = "";
    FILE *file = fopen(path, "r");
    if (!file)
        return "missing";
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    return arena_text(&arena, text, length);
}

static bool is_there(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

static void set_up(void)
{
    arena = support_arena();
}

TestSuite(folder, .init = set_up);

/* A result with this text in its mark. */
static void put(const char *path, const char *text)
{
    struct folder folder;
    cr_assert(folder_open(&folder, &arena, path, MARK, &errors), "%s", errors.list[0].text);
    write_file(folder_file(&arena, &folder, MARK), text);
    cr_assert(folder_close(&folder, &errors), "%s", errors.list[0].text);
}

static void expect_refused(const char *path, const char *file, const char *text)
{
    struct folder folder;
    errors = (struct errors){0};
    cr_expect_not(folder_open(&folder, &arena, path, MARK, &errors), "%s", path);
    cr_assert_eq(errors.count, 1);
    cr_expect_str_eq(errors.list[0].file, file);
    cr_expect_str_eq(errors.list[0].text, text);
    cr_expect(errors.list[0].outside);
}

Test(folder, is_in_place_only_when_it_is_whole)
{
    struct folder folder;
    cr_assert(folder_open(&folder, &arena, at("a/b/r//"), MARK, &errors));
    cr_expect_str_eq(folder.path, at("a/b/r"));
    cr_expect_str_eq(folder_file(&arena, &folder, "x"), at("a/b/r.part/x"));
    write_file(folder_file(&arena, &folder, MARK), "new");
    cr_expect_not(is_there(at("a/b/r")));
    cr_assert(folder_close(&folder, &errors));
    cr_expect_str_eq(read_file(at("a/b/r/" MARK)), "new");
    cr_expect_not(is_there(at("a/b/r.part")));
    cr_expect_not(is_there(at("a/b/r/.unfinished")));
}

Test(folder, replaces_an_older_result_whole)
{
    for (int way = 0; way < 2; way++) {
        cannot_exchange = way == 1;
        put(at("r"), "old");
        write_file(at("r/more"), "old");
        struct folder folder;
        cr_assert(folder_open(&folder, &arena, at("r"), MARK, &errors));
        write_file(folder_file(&arena, &folder, MARK), "new");
        cr_expect_str_eq(read_file(at("r/" MARK)), "old");
        cr_assert(folder_close(&folder, &errors), "%s", errors.list[0].text);
        cr_expect_str_eq(read_file(at("r/" MARK)), "new");
        cr_expect_not(is_there(at("r/more")));
        cr_expect_not(is_there(at("r.part")));
        cr_expect_not(is_there(at("r.old")));
    }
}

Test(folder, keeps_the_older_result_when_it_is_dropped)
{
    put(at("r"), "old");
    struct folder folder;
    cr_assert(folder_open(&folder, &arena, at("r"), MARK, &errors));
    write_file(folder_file(&arena, &folder, MARK), "new");
    folder_drop(&folder);
    cr_expect_str_eq(read_file(at("r/" MARK)), "old");
    cr_expect_not(is_there(at("r.part")));
}

Test(folder, replaces_what_a_link_points_to)
{
    put(at("disk"), "old");
    cr_assert_eq(symlink("disk", at("r")), 0);
    put(at("r"), "new");
    struct stat status;
    cr_assert_eq(lstat(at("r"), &status), 0);
    cr_expect(S_ISLNK(status.st_mode));
    cr_expect_str_eq(read_file(at("disk/" MARK)), "new");
    cr_expect_not(is_there(at("r.part")));
    cr_expect_not(is_there(at("disk.part")));
}

Test(folder, never_touches_what_is_no_result)
{
    const char *text =
        "exists and is no result of celsim (it holds no mark.yaml); name another folder";
    mkdir(at("photos"), 0777);
    write_file(at("photos/one"), "x");
    write_file(at("file"), "x");
    cr_assert_eq(symlink("nowhere", at("link")), 0);
    expect_refused(at("photos"), at("photos"), text);
    expect_refused(at("file"), at("file"), text);
    expect_refused(at("link"), at("link"), text);
    cr_expect_str_eq(read_file(at("photos/one")), "x");
    cr_expect_not(is_there(at("photos.part")));
    mkdir(at("empty"), 0777);
    put(at("empty"), "new");
    cr_expect_str_eq(read_file(at("empty/" MARK)), "new");
}

Test(folder, empties_what_an_interrupted_run_left_and_nothing_else)
{
    const char   *text = "is in the way: results are made there, and it is not what an interrupted "
                         "run left behind; name another folder";
    struct folder folder;
    cr_assert(folder_open(&folder, &arena, at("r"), MARK, &errors));
    write_file(folder_file(&arena, &folder, "left"), "x");
    close(folder.lock); /* as it was killed */
    put(at("r"), "new");
    cr_expect_not(is_there(at("r/left")));
    put(at("s.part"), "a result with an unlucky name");
    expect_refused(at("s"), at("s.part"), text);
    cr_expect_str_eq(read_file(at("s.part/" MARK)), "a result with an unlucky name");
    write_file(at("t.part"), "x");
    expect_refused(at("t"), at("t.part"), text);
    mkdir(at("u.part"), 0777);
    put(at("u"), "new");
}

Test(folder, is_written_by_one_run_at_a_time)
{
    const char   *text = "another run is writing its results there; wait for it, or name another "
                         "folder";
    struct folder first, second;
    for (int is_there_before = 0; is_there_before < 2; is_there_before++) {
        cr_assert(folder_open(&first, &arena, at("r"), MARK, &errors));
        write_file(folder_file(&arena, &first, MARK), "first");
        expect_refused(at("r"), at("r.part"), text);
        cr_expect_str_eq(read_file(at("r.part/" MARK)), "first");
        cr_assert(folder_open(&second, &arena, at("s"), MARK, &errors)); /* another is free */
        folder_drop(&second);
        cr_assert(folder_close(&first, &errors));
        cr_expect_str_eq(read_file(at("r/" MARK)), "first");
    }
    cr_assert(folder_open(&first, &arena, at("r"), MARK, &errors));
    folder_drop(&first);
    put(at("r"), "after one that was dropped");
}

Test(folder, of_results_is_not_replaced_with_a_folder_in_it)
{
    const char *text = "exists and holds folders, as no result of celsim does; name another folder";
    put(at("r"), "old");
    put(at("r/more"), "a result in a result");
    expect_refused(at("r"), at("r"), text);
    cr_expect_str_eq(read_file(at("r/more/" MARK)), "a result in a result");
    put(at("r/more"), "new");
    cr_expect_str_eq(read_file(at("r/more/" MARK)), "new");
}

/* Interrupted between the steps in which the new folder takes the place of the older one. */
Test(folder, is_free_again_wherever_a_run_was_interrupted)
{
    put(at("r"), "new");
    put(at("r.part"), "old"); /* exchanged, but not removed yet */
    write_file(at("r.part/.unfinished"), "");
    put(at("r"), "newer");
    cr_expect_str_eq(read_file(at("r/" MARK)), "newer");
    cr_expect_not(is_there(at("r.part")));
    put(at("r.old"), "older"); /* stepped back, where folders cannot be exchanged */
    write_file(at("r.old/.unfinished"), "");
    cannot_exchange = true;
    put(at("r"), "newest");
    cr_expect_str_eq(read_file(at("r/" MARK)), "newest");
    cr_expect_not(is_there(at("r.old")));
}

Test(folder, tells_why_it_cannot_be_made)
{
    write_file(at("file"), "x");
    expect_refused(at("file/r"), at("file/r.part"), "cannot make this folder: Not a directory");
    char long_name[300] = "";
    memset(long_name, 'x', sizeof long_name - 1);
    expect_refused(at(long_name), at(arena_print(&arena, "%s.part", long_name)),
                   "cannot make this folder: File name too long");
}

Test(folder, keeps_the_files_when_they_cannot_be_put_in_place)
{
    struct folder folder;
    cr_assert(folder_open(&folder, &arena, at("r"), MARK, &errors));
    write_file(folder_file(&arena, &folder, MARK), "new");
    put(at("r.old"), "in the way");
    mkdir(at("r"), 0777);
    write_file(at("r/" MARK), "came meanwhile");
    cannot_exchange = true;
    cr_expect_not(folder_close(&folder, &errors));
    cr_assert_eq(errors.count, 1);
    cr_expect_str_eq(errors.list[0].file, at("r"));
    cr_expect_str_eq(errors.list[0].text,
                     arena_print(&arena,
                                 "cannot put the result in place: Directory not empty; it is in %s",
                                 at("r.part")));
    cr_expect_str_eq(read_file(at("r.part/" MARK)), "new");
    cr_expect_str_eq(read_file(at("r/" MARK)), "came meanwhile");
}
