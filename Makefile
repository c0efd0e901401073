# libvnextract: all check check-all eval bench install uninstall clean deps demo
#
# All that is built goes to $(BUILD).  The version is read from include/vnextract.h.

.DEFAULT_GOAL := all
BUILD    ?= build
PREFIX   ?= /usr/local
DESTDIR  ?=
CC       ?= gcc
CXX      ?= g++
PKG_CONFIG ?= pkg-config
OBJCOPY  ?= objcopy
VERSION  := $(shell sed -n 's/^#define VNX_VERSION_STRING "\(.*\)"/\1/p' include/vnextract.h)
MAJOR    := $(shell sed -n 's/^#define VNX_VERSION_MAJOR //p' include/vnextract.h)

OPTIMIZE ?= -O3
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes
LIB_PKGS := icu-i18n icu-uc libutf8proc libpcre2-8
# Asked once, when first used: a machine that still lacks pkg-config can run `make deps`.
TOOL_PKGS := libarchive sqlite3 jansson zlib libmd libutf8proc
LIB_CFLAGS = $(eval LIB_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(LIB_PKGS)))$(LIB_CFLAGS)
LIB_LIBS   = $(eval LIB_LIBS := $(shell $(PKG_CONFIG) --libs $(LIB_PKGS)))$(LIB_LIBS)
TOOL_CFLAGS = $(eval TOOL_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(TOOL_PKGS)))$(TOOL_CFLAGS)
# libcsv comes without a .pc file.
TOOL_LIBS  = $(eval TOOL_LIBS := $(shell $(PKG_CONFIG) --libs $(TOOL_PKGS)) -lcsv)$(TOOL_LIBS)
ALL_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L $(OPTIMIZE) -g $(WARNINGS) -fPIC -fvisibility=hidden -pthread \
             -Iinclude -Ilib -I$(BUILD) $(LIB_CFLAGS) $(CFLAGS)
ALL_LDFLAGS = -pthread $(LDFLAGS)

LIB_SOURCES := $(sort $(wildcard lib/*.c))
LIB_OBJECTS := $(LIB_SOURCES:lib/%.c=$(BUILD)/lib/%.o)
DATA        := $(sort $(wildcard lib/data/*.tsv))
# What the lexicon compiler needs of the library: everything below the lexicon.
COMPILER_OBJECTS := $(addprefix $(BUILD)/lib/,base.o utf8.o characters.o normalize.o segment.o lexicon_schema.o \
                    lexicon_build.o double_array.o word_forms.o displace.o)
SONAME := libvnextract.so.$(MAJOR)
# All of the library, for tests and for the tools of the build, which look inside.
INSIDE := $(BUILD)/libvnextract-inside.a

-include $(sort $(wildcard make/*.mk))

.PHONY: all clean deps install uninstall demo check check-fast check-all eval bench

all: $(BUILD)/libvnextract.so $(BUILD)/libvnextract.a $(BUILD)/vnextract $(EXTRA_TOOLS)

$(BUILD)/lib/%.o: lib/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

$(BUILD)/tools/%.o: tools/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(TOOL_CFLAGS) -MMD -MP -c $< -o $@

# ---- facts: lib/data/*.tsv -> one block in .rodata
$(BUILD)/lexicon_compiler: $(BUILD)/tools/lexicon_compiler.o $(COMPILER_OBJECTS)
	$(CC) $(ALL_LDFLAGS) $^ $(LIB_LIBS) -o $@

$(BUILD)/lexicon.bin: $(BUILD)/lexicon_compiler $(DATA)
	$(BUILD)/lexicon_compiler lib/data $@

$(BUILD)/lib/lexicon_block.o: lib/lexicon_block.S $(BUILD)/lexicon.bin
	@mkdir -p $(@D)
	$(CC) -fPIC -I$(BUILD) -c $< -o $@

LIB_ALL_OBJECTS = $(LIB_OBJECTS) $(BUILD)/lib/lexicon_block.o $(EXTRA_LIB_OBJECTS)

$(INSIDE): $(LIB_ALL_OBJECTS)
	rm -f $@
	$(AR) rcsD $@ $^

# What is installed: one object, of whose symbols only the public ones are left to see.
$(BUILD)/libvnextract.a: $(LIB_ALL_OBJECTS) Makefile
	rm -f $@
	$(LD) -r -o $(BUILD)/vnextract.o $(LIB_ALL_OBJECTS)
	$(OBJCOPY) --localize-hidden $(BUILD)/vnextract.o
	$(AR) rcsD $@ $(BUILD)/vnextract.o

$(BUILD)/$(SONAME): $(LIB_ALL_OBJECTS) lib/libvnextract.map
	$(CC) -shared $(ALL_LDFLAGS) -Wl,-soname,$(SONAME) -Wl,--version-script=lib/libvnextract.map -Wl,-z,defs \
	    $(LIB_ALL_OBJECTS) $(LIB_LIBS) -o $@

$(BUILD)/libvnextract.so: $(BUILD)/$(SONAME)
	ln -sf $(SONAME) $@

# ---- tools: the static library, so that build/vnextract runs from anywhere
VNEXTRACT_SOURCES := $(sort $(wildcard $(addprefix tools/,vnextract*.c cli*.c input*.c output*.c batch*.c convert*.c \
                      archive*.c records*.c database*.c)))
VNEXTRACT_OBJECTS  = $(VNEXTRACT_SOURCES:tools/%.c=$(BUILD)/tools/%.o) $(EXTRA_VNEXTRACT_OBJECTS)
$(BUILD)/vnextract: $(VNEXTRACT_OBJECTS) $(BUILD)/libvnextract.a
	$(CC) $(ALL_LDFLAGS) $^ $(LIB_LIBS) $(TOOL_LIBS) -o $@

clean:
	rm -rf $(BUILD)

-include $(wildcard $(BUILD)/lib/*.d $(BUILD)/tools/*.d)
