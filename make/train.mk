# ---- the weights of the model of persons.  make train-persons PERSONS="corpus ../more"
PERSONS ?= ../shared/eval/train corpus corpus/learn $(BUILD)/archive-learn
PERSONS_FLAGS ?=
$(BUILD)/train_persons: $(BUILD)/tools/train_persons.o $(addprefix $(BUILD)/tools/,score_gold.o score_names.o score_count.o) $(INSIDE)
	$(CC) $(ALL_LDFLAGS) $^ $(LIB_LIBS) $(TEST_LIBS) -lm -o $@

.PHONY: train-persons
train-persons: $(BUILD)/train_persons $(patsubst %,%/.done,$(filter $(BUILD)/archive-learn,$(PERSONS)))
	$(BUILD)/train_persons $(PERSONS_FLAGS) $(PERSONS) >$(BUILD)/person_weights.tsv
	mv $(BUILD)/person_weights.tsv lib/data/person_weights.tsv
	$(MAKE) all

# ---- the statistics of names, from articles without gold.  make names NEWS=../articles
NEWS ?=
$(BUILD)/count_names: $(BUILD)/tools/count_names.o $(INSIDE)
	$(CC) $(ALL_LDFLAGS) $^ $(LIB_LIBS) -lm -o $@

.PHONY: names
names: $(BUILD)/count_names
	$(BUILD)/count_names $(NEWS) lib/data/model/rare_names.tsv >$(BUILD)/names.tsv
	mv $(BUILD)/names.tsv lib/data/names.tsv
	$(MAKE) all
