# ---- manuals

$(BUILD)/man/vnextract.1: man/vnextract.1 include/vnextract.h
	@mkdir -p $(@D)
	sed 's|@VERSION@|$(VERSION)|' $< > $@

$(BUILD)/man/libvnextract.3: man/libvnextract.3.in include/vnextract.h examples/officials.c make/manual.sh make/manual.awk
	@mkdir -p $(@D)
	VERSION=$(VERSION) sh make/manual.sh > $@

all: $(BUILD)/man/vnextract.1 $(BUILD)/man/libvnextract.3

# What the README's examples print, written into it; read the difference before you commit it.  With
# ACCURACY="corpus ../more" the table of accuracy too.
.PHONY: readme
readme: all $(BUILD)/score
	@BUILD=$(BUILD) ACCURACY="$(ACCURACY)" tests/examples/refresh
