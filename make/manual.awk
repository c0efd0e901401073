# The reference part of libvnextract(3), from the comments of include/vnextract.h.
#
# What lies between blank lines belongs together: a comment and what it
# documents.  Comments become text, declarations examples in fixed pitch;
# "/* ---- name */" begins a section.  Plain POSIX awk.

function text(line) {
    gsub(/\\/, "\\e", line)
    if (line ~ /^[.']/) line = "\\&" line
    return line
}

function code(line) {
    if (!in_code) print ".PP\n.EX"
    in_code = 1
    sub(/^VNX_API /, "", line)
    print text(line)
}

function end_code() {
    if (in_code) print ".EE\n.PP"
    in_code = 0
}

# One line of a comment, its marks taken off.
function prose(line) {
    end_code()
    if (line == "") print ".PP"
    else if (line ~ /^- /) print ".IP \\(bu 2\n" text(substr(line, 3))
    else if (line ~ /^-+$/) return
    else {
        sub(/^ +/, "", line)
        print text(line)
    }
}

/^#ifndef VNEXTRACT_H/ { body = 1; next }
!body { next }
/^#(if|ifdef|ifndef|else|endif|include)/ || /^extern "C"/ || /^#define (VNEXTRACT_H|VNX_API)/ { skipping = /^#if/; next }
/^}$/ && !depth { next }

/^\/\* -----+ .* \*\/$/ {
    end_code()
    name = $0
    gsub(/^\/\* -+ | \*\/$/, "", name)
    print ".SS \"" toupper(substr(name, 1, 1)) substr(name, 2) "\""
    next
}

/^$/ { end_code(); fresh = 1; next }

depth == 0 && /^\/\*/ {
    if (fresh) print ".PP"
    fresh = 0
    line = $0
    sub(/^\/\* ?/, "", line)
    comment = line !~ /\*\/$/
    sub(/ *\*\/$/, "", line)
    if (line != "") prose(line)
    next
}
comment {
    line = $0
    comment = line !~ /\*\/$/
    sub(/^ \*\/?/, "", line)
    sub(/^ /, "", line)
    sub(/ *\*\/$/, "", line)
    if (line != "" || comment) prose(line)
    next
}
{
    fresh = 0
    open = $0; depth += gsub(/{/, "", open)
    shut = $0; depth -= gsub(/}/, "", shut)
    code($0)
}
END { end_code() }
