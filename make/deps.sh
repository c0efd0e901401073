#!/bin/sh
# Install what building and testing need and this machine lacks.
#
#   deps.sh [build|check]     what for (default: check, which is all)
#
# On Debian and Ubuntu the missing packages alone are installed, with apt-get;
# elsewhere they are named.  Exit codes: 0 nothing is missing, 1 something is.
set -eu
scope=${1:-check}
missing=

# need PACKAGE COMMAND...: PACKAGE unless one of the commands is there.
need() {
    package=$1
    shift
    for command in "$@"; do
        if command -v "$command" >/dev/null 2>&1; then return 0; fi
    done
    missing="$missing $package"
}

# library PACKAGE MODULE: PACKAGE unless pkg-config knows the module.
library() {
    pkg-config --exists "$2" 2>/dev/null || missing="$missing $1"
}

# header PACKAGE FILE: PACKAGE unless the compiler finds the header (for what has no .pc file).
header() {
    echo "#include <$2>" | "${CC:-cc}" -E -x c - >/dev/null 2>&1 || missing="$missing $1"
}

look() {
    missing=
    need gcc "${CC:-cc}" gcc clang
    need binutils ar
    need pkg-config pkg-config pkgconf
    library libicu-dev icu-i18n
    library libutf8proc-dev libutf8proc
    library libpcre2-dev libpcre2-8
    library libarchive-dev libarchive
    library libsqlite3-dev sqlite3
    library libjansson-dev jansson
    library zlib1g-dev zlib
    library libmd-dev libmd
    header libcsv-dev csv.h
    if [ "$scope" = check ]; then
        need g++ "${CXX:-c++}" g++ clang++
        need python3 python3
        library libcmocka-dev cmocka
        need jq jq
        need sqlite3 sqlite3
        need zip zip
        need p7zip-full 7z
        need zstd zstd
        need lz4 lz4
        need bzip2 bzip2
        need xz-utils xz
        need cpio cpio
    fi
}

look
if [ -z "$missing" ]; then exit 0; fi

if ! command -v apt-get >/dev/null 2>&1; then
    echo "make deps: this machine has no apt-get.  Please install what these Debian packages hold:" >&2
    echo "   $missing" >&2
    exit 1
fi

as_root=
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "make deps: missing:$missing" >&2
        echo "make deps: run as root: apt-get install$missing" >&2
        exit 1
    fi
    as_root=sudo
fi
echo "make deps: installing$missing${as_root:+ (with sudo)}"
# The lists may be absent (a fresh container) or stale; a mirror that does not answer is told by the install itself.
$as_root apt-get update -qq || echo "make deps: apt-get update failed; trying with the lists that are here" >&2
# shellcheck disable=SC2086 # one word a package
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 $missing >/dev/null

look
if [ -n "$missing" ]; then
    echo "make deps: still missing after the installation:$missing" >&2
    exit 1
fi
