# ---- corpus: annotated articles -> articles and gold
TEST_PKGS    := jansson libutf8proc
TEST_CFLAGS  = $(shell $(PKG_CONFIG) --cflags $(TEST_PKGS))
TEST_LIBS    = $(shell $(PKG_CONFIG) --libs $(TEST_PKGS))
TAGGED       := $(sort $(wildcard corpus/*.tagged))

$(BUILD)/gold: $(BUILD)/tools/gold.o
	$(CC) $(ALL_LDFLAGS) $^ $(TEST_LIBS) -o $@

.PHONY: corpus
corpus: $(BUILD)/gold
	$(BUILD)/gold $(TAGGED)

# ---- eval: the project's own scorer.  make eval EVAL="corpus ../more" ERRORS=1
EVAL ?= corpus
SCORE_OBJECTS = $(addprefix $(BUILD)/tools/,score.o score_count.o score_gold.o score_html.o score_names.o)

$(BUILD)/score: $(SCORE_OBJECTS) $(BUILD)/libvnextract.a
	$(CC) $(ALL_LDFLAGS) $^ $(LIB_LIBS) $(TEST_LIBS) -lm -o $@

eval: $(BUILD)/score
	$(BUILD)/score $(if $(ERRORS),--html $(BUILD)/errors.html )$(EVAL)
