# celsim. `make help` lists the targets; CONTRIBUTING.md has the habits.
# VARIANT picks the build: release (default), debug, asan, tsan, coverage, native, clang, fuzz.

VARIANT ?= release
PREFIX  ?= /usr/local
BUILD   := build/$(VARIANT)
JOBS    ?= $(shell nproc)
# Debian's own: the one that has the packages of scripts/deps.sh.
PYTHON  ?= /usr/bin/python3
# make V=1 shows the commands.
Q       := $(if $(V),,@)

SCENARIO     ?= configs/netherlands.yaml
OUT          ?= results/$(basename $(notdir $(SCENARIO)))
ARGS         ?=
FUZZ_SECONDS ?= 60
RANDOM_SEEDS ?= 1..80
BENCH_ARGS   ?=
# What `make check` does after installing, all at once; what takes longest, with what it builds, comes first.
# What clang makes of small scenarios is seen by `program`, beside those of the other builds.
CHECKS := program sanitize reference theory fuzz random test lint keys mutants oracle
# What is run whole with each sanitizer and compared between builds.
SMALL        ?= $(sort $(wildcard examples/*.yaml tests/scenarios/*.yaml))

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
        -Wpointer-arith -Wcast-qual -Wwrite-strings -Wundef -Wvla -Wformat=2 -Werror

# Without empty space before loops and functions: the Dutch scenario takes 1 to 3 % less time so, in
# turn on a recent AMD server core, and the queue 1 %. Clang has no such options.
PACKED := $(if $(findstring clang,$(CC)),,-fno-align-functions -fno-align-jumps -fno-align-loops -fno-align-labels)

FLAGS_release  := -O2 -g $(PACKED)
FLAGS_debug    := -O0 -g3 -DCELSIM_CHECK
FLAGS_asan     := -O1 -g3 -DCELSIM_CHECK -DCELSIM_GUARD -fno-omit-frame-pointer \
                  -fsanitize=address,undefined -fno-sanitize-recover=all
FLAGS_tsan     := -O1 -g3 -fsanitize=thread
FLAGS_coverage := -O0 -g3 --coverage
FLAGS_native   := -O2 -g -march=native $(PACKED)
FLAGS_clang    := -O2 -g
FLAGS_fuzz     := -O1 -g -DCELSIM_CHECK -DCELSIM_GUARD -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
VARIANTS := release debug asan tsan coverage native clang fuzz
# A result must not depend on the build: no contraction, no -Ofast, no -march but in `native`.
FLAGS := -ffp-contract=off -fno-math-errno -ffile-prefix-map=$(CURDIR)=. \
         $(or $(FLAGS_$(VARIANT)),$(error VARIANT is one of $(VARIANTS)))
ifneq ($(filter clang fuzz,$(VARIANT)),)
CC := clang
endif

# The shared library that belongs to netcdf.h, loaded when a part is made or read (sim/netcdf.c).
NETCDF := $(or $(shell objdump -p "$$($(CC) -print-file-name=libnetcdf.so)" 2>/dev/null | \
              awk '$$1 == "SONAME" { print $$2 }'),libnetcdf.so)

CPPFLAGS := -I. -D_POSIX_C_SOURCE=200809L -DNETCDF_LIBRARY='"$(NETCDF)"'
CFLAGS   := -std=c17 $(WARN) $(FLAGS) -pthread
LDFLAGS  := $(FLAGS) -pthread
LDLIBS   := -lyaml -lgsl -lgslcblas -lz -lm

LIB_SRC     := $(sort $(wildcard sim/*.c models/*.c studies/*.c)) options.c
LIB_H       := $(sort $(wildcard sim/*.h models/*.h studies/*.h)) options.h
TEST_SRC    := $(sort $(wildcard tests/*.c))
THREADS_SRC := $(sort $(wildcard tests/threads/*.c))
FUZZ_SRC    := $(sort $(wildcard tests/fuzz/*.c))
BENCH_SRC   := $(sort $(wildcard tests/bench/*.c))
ALL_C := $(LIB_SRC) main.c $(TEST_SRC) $(THREADS_SRC) $(FUZZ_SRC) $(BENCH_SRC)
ALL_H := $(LIB_H) $(sort $(wildcard tests/*.h tests/*/*.h))

OBJ         := $(LIB_SRC:%.c=$(BUILD)/%.o)
TEST_OBJ    := $(TEST_SRC:%.c=$(BUILD)/%.o)
THREADS_OBJ := $(THREADS_SRC:%.c=$(BUILD)/%.o)
THREADS_BIN := $(THREADS_SRC:%.c=$(BUILD)/%)
FUZZ_BIN    := $(FUZZ_SRC:tests/fuzz/%.c=build/fuzz/%)
MUTANTS     := fresh_stay fresh_profile
FUZZ_SEEDS  := $(wildcard examples configs tests/scenarios tests/fuzz/corpus)
BENCH_BIN   := $(BENCH_SRC:tests/bench/%.c=build/bench/%)

.PHONY: all deps demo demo-plans check verify test oracle reference random theory mutants program keys validation dutch supply \
        policy plot lint small sanitize fuzz bench run coverage docs format \
        install uninstall threads clean help \
        $(VARIANTS:%=built-%) $(VARIANTS:%=small-%) test-asan threads-tsan
.SECONDARY: # keep objects between programs

all: $(BUILD)/celsim ## build the program (VARIANT=release)
	@:

# The program of another variant is made by a make of its own, once however many targets need it.
built-$(VARIANT): all
$(patsubst %,built-%,$(filter-out $(VARIANT),$(VARIANTS))): built-%:
	@$(MAKE) --no-print-directory VARIANT=$* all

deps: ## install what building, testing and timing need
	@scripts/deps.sh build check bench coverage

demo: ## install what is missing, build, run SCENARIO
	@scripts/deps.sh build
	@$(MAKE) --no-print-directory -j$(JOBS) all
	$(BUILD)/celsim run $(SCENARIO) --out $(OUT) $(ARGS)

demo-plans: ## install what is missing, build, hold the plans of configs/plans against each other
	@scripts/deps.sh build check
	@$(MAKE) --no-print-directory -j$(JOBS) all
	$(PYTHON) scripts/policy_page.py $(BUILD)/celsim --show --folder results

check: ## everything that must pass; installs what is missing
	@scripts/deps.sh build check
	@$(MAKE) --no-print-directory -j$(JOBS) -Otarget VARIANT=release FUZZ_SECONDS=10 $(CHECKS)
	@echo "$$(cat build/release/tests-passed) passed, 0 failed"

test: $(BUILD)/celsim-tests ## the tests of VARIANT
	scripts/run_tests.sh $(BUILD)

oracle: ## stored random numbers against numpy
	$(PYTHON) scripts/oracle_numpy.py --compare tests/numpy_table.h

# cppcheck 2.10 misreads hexadecimal doubles, hence the suppression.
lint: all ## layout, layers, documents, forbidden calls, headers, cppcheck
	$(Q)clang-format --dry-run -Werror $(ALL_C) $(ALL_H)
	scripts/check_layers.sh
	scripts/check_docs.sh
	scripts/check_calls.sh $(BUILD)
	scripts/check_loop.sh $(BUILD)
	$(Q)echo $(LIB_H) | xargs -n 8 -P $(JOBS) $(CC) $(CPPFLAGS) $(CFLAGS) -fsyntax-only -x c
	$(Q)cppcheck -q -j $(JOBS) --error-exitcode=1 --std=c11 --inline-suppr --enable=warning,portability \
	    --suppress=incorrectLogicOperator -I. $(LIB_SRC) main.c
	@echo "lint: $(words $(ALL_C)) sources and $(words $(ALL_H)) headers are in order"

reference: all ## person by person against the second implementation
	$(PYTHON) scripts/reference_model.py --celsim $(BUILD)/celsim --compare $(sort $(wildcard tests/scenarios/reference/*.yaml))

# With the debug build, which works out its invariants again at each midnight.
random: built-debug ## random scenarios of all rules together, against the second implementation
	$(PYTHON) scripts/random_scenarios.py build/debug/celsim --seeds $(RANDOM_SEEDS)
	$(PYTHON) scripts/random_demand.py build/debug/celsim --seeds $(RANDOM_SEEDS)

theory: all ## queues with known answers, quick
	$(PYTHON) scripts/theory.py $(BUILD)/celsim

# A program with a known fault must fail where it must, and pass where it cannot show.
mutants: built-release ## the tests against programs with a fault
	@$(MAKE) --no-print-directory VARIANT=release $(MUTANTS:%=build/mutants/%)
	$(Q)for fault in $(MUTANTS); do $(PYTHON) scripts/theory.py build/mutants/$$fault --mutant $$fault || exit 1; done

program: built-release built-debug built-asan built-clang ## the whole program as its users run it; builds give the same bytes
	$(PYTHON) scripts/test_program.py build/release/celsim build/debug/celsim build/asan/celsim build/clang/celsim

keys: all ## every key of a scenario moves a number
	$(PYTHON) scripts/keys.py $(BUILD)/celsim

validation: all ## docs/validation.md, docs/validation-netherlands.md and docs/validation-supply.md from fresh runs
	PYTHON=$(PYTHON) scripts/validation_page.sh $(BUILD)
	@$(MAKE) --no-print-directory dutch supply policy

dutch: all ## the Dutch targets, the tables of docs/model.md and its picture from fresh runs
	@scripts/deps.sh plot
	$(PYTHON) scripts/dutch_page.py $(BUILD)/celsim --folder $(BUILD)/dutch
	$(BUILD)/celsim run configs/netherlands.yaml --out $(BUILD)/dutch/whole >/dev/null
	gnuplot -e "folder='$(BUILD)/dutch/whole'; out='docs/netherlands.png'; every=14" scripts/plot.gp

supply: all ## docs/validation-supply.md from fresh runs of configs/supply
	@rm -rf $(BUILD)/supply
	$(PYTHON) scripts/supply_page.py $(BUILD)/celsim --folder $(BUILD)/supply

policy: all ## what measures and plans give, in docs/model.md, from fresh runs
	$(PYTHON) scripts/policy_page.py $(BUILD)/celsim --folder $(BUILD)/policy

plot: ## a picture of the result in OUT: plot.svg in that folder
	@scripts/deps.sh plot
	gnuplot -e "folder='$(OUT)'" scripts/plot.gp

verify: all ## slow statistics, before a release: about half an hour
	@$(MAKE) --no-print-directory RANDOM_SEEDS=1..2000 random
	$(PYTHON) scripts/theory.py $(BUILD)/celsim --full
	$(PYTHON) scripts/reference_model.py --celsim $(BUILD)/celsim --replications 20 --compare $(sort $(wildcard tests/scenarios/reference/*.yaml))

small: small-$(VARIANT) ## small scenarios with VARIANT: the same bytes as with release

$(VARIANTS:%=small-%): small-%: built-release built-%
	scripts/run_small.sh $* $(SMALL)

# Criterion does not run under the thread sanitizer; that one has programs of its own.
sanitize: test-asan small-release small-asan small-tsan threads-tsan ## tests and program under three sanitizers

test-asan: built-asan
	@$(MAKE) --no-print-directory VARIANT=asan test

threads-tsan: built-tsan
	@$(MAKE) --no-print-directory VARIANT=tsan threads

threads: $(THREADS_BIN)
	@for program in $^; do echo $$program; $$program || exit 1; done

fuzz: ## FUZZ_SECONDS of random input, shared by the fuzzers
	@$(MAKE) --no-print-directory VARIANT=fuzz $(or $(FUZZ_BIN),$(error no tests/fuzz/*.c))
	@for program in $(FUZZ_BIN); do \
	    scripts/fuzz.sh $$program $$(($(FUZZ_SECONDS) / $(words $(FUZZ_BIN)))) $(FUZZ_SEEDS) || exit 1; \
	done

bench: ## time the program against the yardstick and SimPy
	@scripts/deps.sh build bench
	@$(MAKE) --no-print-directory -j$(JOBS) $(BENCH_BIN)
	@$(MAKE) --no-print-directory -j$(JOBS) VARIANT=release all
	@$(MAKE) --no-print-directory -j$(JOBS) VARIANT=native all
	$(PYTHON) scripts/bench.py $(BENCH_ARGS)

run: all ## run SCENARIO with ARGS
	$(BUILD)/celsim run $(SCENARIO) $(ARGS)

coverage: ## lines that the tests reach: build/coverage/html/index.html
	@scripts/deps.sh build check coverage
	@find build/coverage -name '*.gcda' -delete 2>/dev/null || true
	@$(MAKE) --no-print-directory -j$(JOBS) VARIANT=coverage test
	lcov -q -c -d build/coverage -b . --no-external -o build/coverage/lcov.info
	lcov -q -r build/coverage/lcov.info '*/tests/*' -o build/coverage/lcov.info
	genhtml -q -o build/coverage/html build/coverage/lcov.info
	@lcov --summary build/coverage/lcov.info

docs: all ## docs/scenario.md from the field tables
	$(BUILD)/celsim fields > docs/scenario.md

format: ## lay out all C files
	clang-format -i $(ALL_C) $(ALL_H)

install: all ## into PREFIX (/usr/local)
	install -D -m 755 $(BUILD)/celsim $(DESTDIR)$(PREFIX)/bin/celsim
	install -d $(DESTDIR)$(PREFIX)/share/celsim
	cp -r $(wildcard configs examples) $(DESTDIR)$(PREFIX)/share/celsim

uninstall: ## what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/celsim
	rm -rf $(DESTDIR)$(PREFIX)/share/celsim

clean: ## remove all that was built
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-12s %s\n", $$1, $$2 }'

# -- files ------------------------------------------------------------------------------------------

$(BUILD)/celsim: $(BUILD)/main.o $(BUILD)/libcelsim.a
	@echo "$(CC) $@"
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/libcelsim.a: $(OBJ)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(BUILD)/celsim-tests: $(TEST_OBJ) $(BUILD)/libcelsim.a
	@echo "$(CC) $@"
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ -lcriterion $(LDLIBS)

$(BUILD)/tests/threads/%: $(BUILD)/tests/threads/%.o $(BUILD)/libcelsim.a
	@echo "$(CC) $@"
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# The assert macros of Criterion do not survive this warning. To optimize the tests takes longer than
# to run them as they stand.
$(TEST_OBJ): CFLAGS += -Wno-conversion -O0

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	@echo "$(CC) $@"
	$(Q)$(CC) $(CPPFLAGS) -MMD -MP $(CFLAGS) -c -o $@ $<

build/fuzz/tests/fuzz/%.o: CFLAGS += -Wno-missing-prototypes
build/fuzz/fuzz_%: build/fuzz/tests/fuzz/fuzz_%.o build/fuzz/libcelsim.a
	@echo "$(CC) $@"
	$(Q)$(CC) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LDLIBS)

# Programs with a known fault, which the tests must catch: one object of their own, the rest of release.
build/mutants/fresh_stay: FAULT := FRESH_STAY
build/mutants/fresh_profile: FAULT := FRESH_PROFILE
build/mutants/%: models/population.c $(BUILD)/main.o $(BUILD)/libcelsim.a
	@mkdir -p $(@D)
	@echo "$(CC) $@"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -DCELSIM_MUTATE_$(FAULT) -o $@ $^ $(LDLIBS)

# The yardstick is compiled for this machine, with vector code: the mark to aim at, not our product.
build/bench/%: tests/bench/%.c $(wildcard tests/bench/*.h) Makefile
	@mkdir -p $(@D)
	@echo "$(CC) $@"
	$(Q)$(CC) $(CPPFLAGS) -std=c17 $(WARN) -O3 -march=native -mprefer-vector-width=512 \
	    -ffp-contract=off -fno-math-errno -pthread -o $@ $< -lm

-include $(OBJ:.o=.d) $(TEST_OBJ:.o=.d) $(FUZZ_SRC:%.c=$(BUILD)/%.d) $(THREADS_OBJ:.o=.d) $(BUILD)/main.d
