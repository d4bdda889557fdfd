/* Files of a test, in a folder of its own. It lies in TMPDIR, which scripts/run_tests.sh makes for
 * the whole run and removes at its end, also when a test fails or crashes.
 */
#ifndef CELSIM_TESTS_OWN_FOLDER_H
#define CELSIM_TESTS_OWN_FOLDER_H

/* The folder, without a / at its end; made at the first call of a test. */
const char *own_folder(void);

/* The path of a file in it, which holds this text (NULL: it is not made); until the next call. */
const char *own_file(const char *name, const char *text);

#endif
