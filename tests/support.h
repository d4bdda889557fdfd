/* Worlds for tests, from YAML text. What they take stays in memory until the test's process ends.
 */
#ifndef CELSIM_TESTS_SUPPORT_H
#define CELSIM_TESTS_SUPPORT_H

#include "models/scenario.h"

/* The scenario of this text. When it does not load the test fails, with the errors printed. */
const struct scenario *support_scenario(const char *text);

/* The errors of this text, each as `test.yaml:line:column: text\n`; "" when it loads. */
const char *support_errors(const char *text);

/* An arena for a test. */
struct arena support_arena(void);

#endif
