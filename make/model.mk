# ---- the sequence model: lib/data/model/weights.tsv -> one block in .rodata; `make train TRAIN="DIR DIR"` learns it
TRAIN ?= ../shared/eval/train corpus corpus/learn
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
train: $(BUILD)/train
	$(BUILD)/train $(TRAIN_FLAGS) -o $(MODEL) $(TRAIN)

$(BUILD)/cluster: $(BUILD)/tools/cluster.o $(INSIDE)
	$(CC) $(ALL_LDFLAGS) -O3 $^ $(LIB_LIBS) -lm -o $@
