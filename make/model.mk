# ---- articles that are others' text, annotated: the spans are in corpus/archive, the texts in ARCHIVE (a folder or a tarball)
ARCHIVE ?= ../shared/archive/news-10k.tar.gz
STANDOFF_OBJECTS = $(patsubst tools/%.c,$(BUILD)/tools/%.o,tools/standoff.c tools/score_count.c tools/score_names.c \
                   tools/archive.c $(sort $(wildcard tools/input*.c tools/records*.c)))
$(BUILD)/standoff: $(STANDOFF_OBJECTS) $(BUILD)/libvnextract.a
	$(CC) $(ALL_LDFLAGS) $^ $(LIB_LIBS) $(TOOL_LIBS) -lm -o $@

$(BUILD)/archive-%/.done: corpus/archive/%.jsonl $(BUILD)/standoff
	rm -rf $(@D)
	mkdir -p $(@D)
	$(BUILD)/standoff unpack $< $(ARCHIVE) $(@D)
	touch $@

.PHONY: archive-gold
archive-gold: $(BUILD)/archive-learn/.done $(BUILD)/archive-test/.done

# ---- the sequence model: lib/data/model/weights.tsv -> one block in .rodata; `make train TRAIN="DIR DIR"` learns it
TRAIN ?= ../shared/eval/train corpus corpus/learn $(BUILD)/archive-learn
MODEL ?= lib/data/model/weights.tsv

$(BUILD)/model_compiler: $(addprefix $(BUILD)/,tools/model_compiler.o lib/displace.o lib/base.o)
	$(CC) $(ALL_LDFLAGS) $^ -o $@

$(BUILD)/model.bin: $(BUILD)/model_compiler $(MODEL)
	$(BUILD)/model_compiler $(MODEL) $@

$(BUILD)/lib/model_block.o: lib/model_block.S $(BUILD)/model.bin
	@mkdir -p $(@D)
	$(CC) -fPIC -I$(BUILD) -c $< -o $@

EXTRA_LIB_OBJECTS += $(BUILD)/lib/model_block.o

$(BUILD)/train: $(BUILD)/tools/train.o $(BUILD)/tools/crf.o $(BUILD)/tools/gold_reader.o $(INSIDE)
	$(CC) $(ALL_LDFLAGS) $^ $(LIB_LIBS) $$($(PKG_CONFIG) --libs jansson) -lm -o $@

.PHONY: train
train: $(BUILD)/train $(patsubst %,%/.done,$(filter $(BUILD)/archive-learn,$(TRAIN)))
	$(BUILD)/train $(TRAIN_FLAGS) -o $(MODEL) $(TRAIN)

$(BUILD)/cluster: $(BUILD)/tools/cluster.o $(INSIDE)
	$(CC) $(ALL_LDFLAGS) -O3 $^ $(LIB_LIBS) -lm -o $@
