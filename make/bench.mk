# ---- bench: throughput, start-up and memory.  make bench BENCH="DIR DIR" for other articles than the corpus
BENCH ?= corpus
BENCH_SECONDS ?= 5

$(BUILD)/bench: $(addprefix $(BUILD)/tools/,bench.o bench_runs.o input.o input_files.o) $(BUILD)/libvnextract.a
	$(CC) $(ALL_LDFLAGS) $^ $(LIB_LIBS) -o $@

bench: $(BUILD)/bench $(BUILD)/vnextract
	@$(BUILD)/bench --seconds $(BENCH_SECONDS) --tool $(BUILD)/vnextract $(BENCH)
