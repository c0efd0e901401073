# ---- corpus: annotated articles -> articles and gold
TEST_PKGS    := jansson libutf8proc
TEST_CFLAGS  = $(shell $(PKG_CONFIG) --cflags $(TEST_PKGS))
TEST_LIBS    = $(shell $(PKG_CONFIG) --libs $(TEST_PKGS))
TAGGED       := $(sort $(wildcard corpus/*.tagged corpus/learn/*.tagged))

$(BUILD)/gold: $(BUILD)/tools/gold.o
	$(CC) $(ALL_LDFLAGS) $^ $(TEST_LIBS) -o $@

.PHONY: corpus
corpus: $(BUILD)/gold
	$(BUILD)/gold $(TAGGED)

# ---- eval: the project's own scorer.  make eval EVAL="corpus ../more" ERRORS=1 KINDS=1
EVAL ?= corpus
SCORE_OBJECTS = $(addprefix $(BUILD)/tools/,score.o score_count.o score_encoding.o score_gold.o score_html.o score_kinds.o score_names.o)

$(BUILD)/score: $(SCORE_OBJECTS) $(BUILD)/libvnextract.a
	$(CC) $(ALL_LDFLAGS) $^ $(LIB_LIBS) $(TEST_LIBS) -lm -o $@

eval: $(BUILD)/score
	$(BUILD)/score $(if $(KINDS),--kinds )$(if $(ERRORS),--html $(BUILD)/errors.html )$(EVAL)

# ---- tests: `check` runs every suite, `check-fast` those that take seconds, `check-all` adds sanitized builds
FAST_SUITES  := abi corpus fuzz house invariants unit
UNIT_SOURCES := $(sort $(wildcard tests/unit/test_*.c))
UNIT_TESTS   := $(UNIT_SOURCES:tests/%.c=$(BUILD)/tests/%)
TEST_TOOLS   += $(BUILD)/gold $(BUILD)/score $(BUILD)/standoff $(BUILD)/spec $(BUILD)/invariants $(BUILD)/linear $(BUILD)/fuzz_extract $(UNIT_TESTS)
TEST_LINK    = $(CC) $(ALL_LDFLAGS) $^ $(LIB_LIBS) $(TEST_LIBS)

$(BUILD)/tests/%.o: tests/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(TEST_CFLAGS) -MMD -MP -c $< -o $@

$(BUILD)/spec: $(BUILD)/tests/spec/spec.o $(BUILD)/libvnextract.a
	$(TEST_LINK) -o $@

$(BUILD)/invariants: $(addprefix $(BUILD)/tests/,invariants/invariants.o fuzz/document_check.o) $(BUILD)/libvnextract.a
	$(TEST_LINK) -o $@

$(BUILD)/linear: $(BUILD)/tests/linear/linear.o $(BUILD)/libvnextract.a
	$(TEST_LINK) -o $@

$(BUILD)/fuzz_extract: $(addprefix $(BUILD)/tests/fuzz/,fuzz_extract.o standalone.o document_check.o) $(BUILD)/libvnextract.a
	$(TEST_LINK) -o $@

# A unit test may look inside: it is linked with all of the library and may include what lies in lib/ and tools/.
$(UNIT_TESTS): %: %.o $(INSIDE)
	$(TEST_LINK) $(shell $(PKG_CONFIG) --libs cmocka) $(TOOL_LIBS) -o $@

.SECONDARY: $(UNIT_TESTS:=.o)
-include $(wildcard $(BUILD)/tests/*/*.d)

.PHONY: check-tools
check-tools: all $(TEST_TOOLS) $(MAN_PAGES)

# What is missing is installed before anything is built: each on a fresh machine by itself.
check: deps
	@$(MAKE) --no-print-directory check-tools
	@BUILD=$(BUILD) tests/run

check-fast: check-tools
	@BUILD=$(BUILD) tests/run $(FAST_SUITES)

# VNX_ARENA_APART: each piece of memory lies by itself, so that the sanitizer sees whoever reads past one or keeps one.
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -DVNX_ARENA_APART
check-all: check
	ASAN_OPTIONS=detect_leaks=0 $(MAKE) BUILD=build-sanitize OPTIMIZE=-O1 CFLAGS="$(CFLAGS) $(SANITIZE)" LDFLAGS="$(LDFLAGS) $(SANITIZE)" check-tools
	@SANITIZED=1 BUILD=build-sanitize tests/run

# The tools of the build itself may leave their memory to the exit; what is tested may not.

# ---- fuzzing with clang's libFuzzer: make fuzz FUZZ_SECONDS=600
FUZZ_SECONDS ?= 60
fuzz:
	ASAN_OPTIONS=detect_leaks=0 $(MAKE) BUILD=build-fuzz CC=clang OPTIMIZE=-O1 CFLAGS="-fsanitize=fuzzer-no-link,address,undefined -DVNX_ARENA_APART" \
	    LDFLAGS="-fsanitize=address,undefined" build-fuzz/libfuzzer_extract
	@mkdir -p build-fuzz/found
	build-fuzz/libfuzzer_extract -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -rss_limit_mb=2048 -dict=tests/fuzz/words.dict \
	    -artifact_prefix=build-fuzz/ build-fuzz/found tests/fuzz/seeds

$(BUILD)/libfuzzer_extract: $(addprefix $(BUILD)/tests/fuzz/,fuzz_extract.o document_check.o) $(BUILD)/libvnextract.a
	$(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer $^ $(LIB_LIBS) -o $@

.PHONY: fuzz
