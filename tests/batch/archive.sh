# A whole archive in one run has the counts of a run for each of its files:
#     ARCHIVE=articles.tar.gz tests/batch/run archive
# shellcheck shell=bash

if [ -n "${ARCHIVE:-}" ]; then
    mkdir -p unpacked
    tar xf "$ARCHIVE" -C unpacked
    vnextract -q --db archive.sqlite "$ARCHIVE" 2>said
    # One run a file; the same bytes count once.
    find unpacked -type f -print0 | sort -z | xargs -0 md5sum | sort -u -k 1,1 | cut -c 35- | tr '\n' '\0' |
        xargs -0 -n 1 vnextract -q -f jsonl 2>/dev/null >separate.jsonl
    jq -r 'select(.error == null) | "documents", (.sentences[] | "sentences"), (.entities[] | .type),
        (.people[] | "appearances"), (.entities[] | .title // empty | .holders | unique[] | "holdings")' separate.jsonl |
        sort | uniq -c | awk '{print $2, $1}' >wanted.counts
    sqlite3 -separator ' ' archive.sqlite "SELECT 'documents', count(*) FROM documents UNION ALL
        SELECT 'sentences', count(*) FROM sentences UNION ALL SELECT type, count(*) FROM mentions GROUP BY type UNION ALL
        SELECT 'appearances', count(*) FROM appearances UNION ALL SELECT 'holdings', count(*) FROM holdings ORDER BY 1" \
        >got.counts
    is "counts of $ARCHIVE" "$(tr '\n' ' ' <got.counts)" "$(tr '\n' ' ' <wanted.counts)"
    is "failures of $ARCHIVE" "$(count archive.sqlite 'sources WHERE document IS NULL')" "$(wc -l <said)"
    cat got.counts
    # The same rows again, from any number of threads.
    vnextract -q -j 1 --db alone.sqlite "$ARCHIVE" 2>/dev/null
    is "one thread and many" "$(dump archive.sqlite)" "$(dump alone.sqlite)"
    rm -rf unpacked archive.sqlite alone.sqlite
fi
