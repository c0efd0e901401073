#!/bin/sh
# libvnextract(3) to standard output: the frame, the header's introduction, the example, the reference.
set -eu
header=include/vnextract.h

introduction() {
    awk '/^ \*\// { exit }
         NR <= 3 { next }
         { sub(/^ \* ?/, "") }
         /^-+$/ { next }
         /^$/ { print ".PP"; next }
         /^(The shape of the library|Offsets)$/ { print ".SS \"" $0 "\""; next }
         /^- / { print ".IP \\(bu 2"; sub(/^- /, "") }
         { sub(/^ +/, ""); gsub(/\\/, "\\e"); if (/^[.\047]/) $0 = "\\&" $0; print }' "$header"
}

frame() {
    while IFS= read -r line; do
        case $line in
        @INTRODUCTION@) introduction ;;
        @EXAMPLE@) sed -e 's/\\/\\e/g' -e "s/^[.']/\\\\\&&/" examples/officials.c ;;
        @REFERENCE@) awk -f make/manual.awk "$header" ;;
        *@VERSION@*) printf '%s\n' "$line" | sed "s/@VERSION@/$VERSION/" ;;
        *) printf '%s\n' "$line" ;;
        esac
    done < man/libvnextract.3.in
}

# A paragraph begins once, and not right behind a heading.
frame | awk '/^\.PP$/ { due = !heading; next }
             /^\.(S[HS]|IP)/ { due = 0 }
             { if (due) print ".PP"; due = 0; heading = /^\.S[HS]/; print }'
