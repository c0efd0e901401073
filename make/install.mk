# ---- deps, demo, install, uninstall

# What is missing is installed first; `make NAME-ready` for the parts that a target needs.
.PHONY: deps deps-build
deps:
	@sh make/deps.sh check
deps-build:
	@sh make/deps.sh build

DEMO ?= corpus/portal-krong-bong.txt
demo: deps-build
	@$(MAKE) --no-print-directory -s all
	@echo '$$ vnextract $(DEMO)'
	@$(BUILD)/vnextract $(DEMO)

BINDIR     = $(DESTDIR)$(PREFIX)/bin
LIBDIR     = $(DESTDIR)$(PREFIX)/lib
INCLUDEDIR = $(DESTDIR)$(PREFIX)/include
PCDIR      = $(LIBDIR)/pkgconfig
MANDIR     = $(DESTDIR)$(PREFIX)/share/man
FULL_SONAME = libvnextract.so.$(VERSION)
MAN_PAGES  = $(BUILD)/man/vnextract.1 $(BUILD)/man/libvnextract.3

$(BUILD)/vnextract.pc: vnextract.pc.in include/vnextract.h FORCE
	@mkdir -p $(@D)
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' $< > $@
.PHONY: FORCE
FORCE:

INSTALLED = $(BINDIR)/vnextract $(INCLUDEDIR)/vnextract.h $(LIBDIR)/libvnextract.a $(LIBDIR)/libvnextract.so \
            $(LIBDIR)/$(SONAME) $(LIBDIR)/$(FULL_SONAME) $(PCDIR)/vnextract.pc \
            $(MANDIR)/man1/vnextract.1 $(MANDIR)/man3/libvnextract.3

install: all $(BUILD)/vnextract.pc $(MAN_PAGES)
	install -d $(BINDIR) $(INCLUDEDIR) $(PCDIR) $(MANDIR)/man1 $(MANDIR)/man3
	install -m 755 $(BUILD)/vnextract $(BINDIR)/vnextract
	install -m 644 include/vnextract.h $(INCLUDEDIR)/vnextract.h
	install -m 644 $(BUILD)/libvnextract.a $(LIBDIR)/libvnextract.a
	install -m 755 $(BUILD)/$(SONAME) $(LIBDIR)/$(FULL_SONAME)
	ln -sf $(FULL_SONAME) $(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(LIBDIR)/libvnextract.so
	install -m 644 $(BUILD)/vnextract.pc $(PCDIR)/vnextract.pc
	install -m 644 $(BUILD)/man/vnextract.1 $(MANDIR)/man1/vnextract.1
	install -m 644 $(BUILD)/man/libvnextract.3 $(MANDIR)/man3/libvnextract.3
	@if [ -z "$(DESTDIR)" ]; then ldconfig 2>/dev/null || true; fi

# Directories that install may have made go when nothing else is in them; the system's own stay.
uninstall:
	rm -f $(INSTALLED)
	@case "$(DESTDIR)$(PREFIX)" in /usr|/usr/local) ;; *) \
	    for d in $(BINDIR) $(INCLUDEDIR) $(PCDIR) $(LIBDIR) $(MANDIR)/man1 $(MANDIR)/man3 $(MANDIR) \
	        $(DESTDIR)$(PREFIX)/share $(DESTDIR)$(PREFIX); do rmdir $$d 2>/dev/null || true; done;; esac
	@if [ -z "$(DESTDIR)" ]; then ldconfig 2>/dev/null || true; fi
