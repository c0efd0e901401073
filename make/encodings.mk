# The tables of encodings: lib/data/encodings/*.tsv -> C, by a small compiler of their own.

COMPILER_OBJECTS += $(addprefix $(BUILD)/,lib/syllable.o lib/spaced.o lib/mended.o lib/frequency.o encoding_tables.o accents_tables.o)
EXTRA_LIB_OBJECTS += $(BUILD)/encoding_tables.o

$(BUILD)/compile_encodings: tools/compile_encodings.c lib/encoding_tables.h
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $< -o $@ $(ALL_LDFLAGS) $(LIB_LIBS) -lm

$(BUILD)/encoding_tables.c: $(BUILD)/compile_encodings $(sort $(wildcard lib/data/encodings/*.tsv))
	$(BUILD)/compile_encodings lib/data/encodings $@

$(BUILD)/encoding_tables.o: $(BUILD)/encoding_tables.c lib/encoding_tables.h
	$(CC) $(ALL_CFLAGS) -c $< -o $@

# How well encodings are told apart: the matrix over the corpus is part of `check`; other texts:
# make encoding-matrix MATRIX="../shared/eval/dev/*.txt"
MATRIX ?= corpus/*.txt
check-tools: $(addprefix $(BUILD)/,encoding_matrix encoding_foreign encoding_same fuzz_encoding)

$(BUILD)/encoding_matrix $(BUILD)/encoding_foreign $(BUILD)/encoding_bench $(BUILD)/encoding_same: $(BUILD)/%: $(BUILD)/tests/encodings/%.o $(INSIDE)
	$(CC) $(ALL_LDFLAGS) $^ $(LIB_LIBS) -o $@

.PHONY: encoding-matrix
encoding-matrix: $(BUILD)/encoding_matrix
	@$(BUILD)/encoding_matrix $(MATRIX)

check: encoding-matrix

# What extraction loses where the articles of EVAL are in another encoding: differences of F1 to UTF-8, a line an encoding;
# more than 0.002 lost is marked, and fails.  make eval-encodings EVAL="../shared/eval/dev"
.PHONY: eval-encodings
eval-encodings: $(BUILD)/score
	@$(BUILD)/score --encodings $(EVAL)

bench-encodings: $(BUILD)/encoding_bench
	$(BUILD)/encoding_bench $(MATRIX)
.PHONY: bench-encodings

# Fuzzing with clang's libFuzzer: make fuzz-encoding FUZZ_SECONDS=600
fuzz-encoding:
	$(MAKE) BUILD=build-fuzz CC=clang OPTIMIZE=-O1 CFLAGS="-fsanitize=fuzzer-no-link,address,undefined" \
	    LDFLAGS="-fsanitize=address,undefined" build-fuzz/libfuzzer_encoding
	@mkdir -p build-fuzz/found-encoding
	build-fuzz/libfuzzer_encoding -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -rss_limit_mb=2048 \
	    -artifact_prefix=build-fuzz/ build-fuzz/found-encoding tests/fuzz/seeds

$(BUILD)/libfuzzer_encoding: $(BUILD)/tests/fuzz/fuzz_encoding.o $(INSIDE)
	$(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer $^ $(LIB_LIBS) -o $@

$(BUILD)/fuzz_encoding: $(addprefix $(BUILD)/tests/fuzz/,fuzz_encoding.o standalone.o) $(INSIDE)
	$(TEST_LINK) -o $@

.PHONY: fuzz-encoding

# Accents for text without them: lib/data/accents/accents.tsv -> C.
EXTRA_LIB_OBJECTS += $(BUILD)/accents_tables.o

$(BUILD)/compile_accents: $(addprefix $(BUILD)/,tools/compile_accents.o lib/syllable.o lib/utf8.o encoding_tables.o)
	$(CC) $(ALL_LDFLAGS) $^ -o $@

$(BUILD)/accents_tables.c: $(BUILD)/compile_accents lib/data/accents/accents.tsv
	$(BUILD)/compile_accents lib/data/accents/accents.tsv $@

$(BUILD)/accents_tables.o: $(BUILD)/accents_tables.c lib/accents.h
	$(CC) $(ALL_CFLAGS) -c $< -o $@
