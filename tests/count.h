/* The rows of a table in a test. */
#ifndef CELSIM_TESTS_COUNT_H
#define CELSIM_TESTS_COUNT_H

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

#endif
