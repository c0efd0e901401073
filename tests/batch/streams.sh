# Order, threads, pipes, signals, progress.
# shellcheck shell=bash

one=$(vnextract -q -j 1 -f jsonl many.jsonl | sum)
for jobs in 2 3 9; do is "$jobs threads, the same order" "$(vnextract -q -j $jobs -f jsonl many.jsonl | sum)" "$one"; done
is "threads and TSV" "$(vnextract -q -j 4 -f tsv articles | sum)" "$(vnextract -q -j 1 -f tsv articles/*.txt | sum)"
is "TSV has one header" "$(vnextract -q -j 4 -f tsv articles | grep -c '^source')" 1
is "threads and text" "$(vnextract -q -j 4 articles | sum)" "$(vnextract -q -j 1 articles/*.txt | sum)"

vnextract -q -f jsonl many.jsonl | head -3 >out
is "a reader that goes away is a clean end" "${PIPESTATUS[0]} $(wc -l <out)" "0 3"

whole_lines() { [ -z "$(tail -c 1 "$1")" ] && jq -c .source.name <"$1" >/dev/null 2>&1 && echo whole; }
(trap '' XFSZ && ulimit -f 600 && exec vnextract -q -f jsonl many.jsonl >full.jsonl 2>said)
is "a full disk leaves whole lines" "$? $(whole_lines full.jsonl)" "1 whole"
has "a full disk is said" "$(cat said)" "cannot be written"

for signal in INT TERM; do
    vnextract -q -f jsonl many.jsonl >stopped.jsonl 2>said &
    process=$!
    sleep 0.15
    kill -$signal $process
    wait $process
    is "SIG$signal leaves whole lines" "$? $(whole_lines stopped.jsonl)" "$((128 + $(kill -l $signal))) whole"
done
mkdir -p own
cp articles/*.txt own
vnextract -q -f jsonl own >own/out.jsonl
is "an output in the folder that is read" "$(jq -r .source.name own/out.jsonl | grep -vc 'txt$') $(wc -l <own/out.jsonl)" "0 $number"
mkfifo silent
vnextract -q -f jsonl silent <>silent >/dev/null 2>&1 &
process=$!
sleep 0.3
kill -INT $process
wait $process
is "SIGINT while a pipe says nothing" $? 130

vnextract --progress --db p.sqlite many.jsonl 2>said
has "progress" "$(tr '\r' '\n' <said)" " documents, "
if command -v script >/dev/null; then
    script -qec 'vnextract --db terminal.sqlite many.jsonl' /dev/null >said 2>&1 </dev/null
    has "progress on a terminal" "$(tr '\r' '\n' <said)" " documents, "
    vnextract --progress --db p2.sqlite many.jsonl 2>said
fi
has "the summary" "$(tail -1 said)" "1,500 documents ("
# The time left is told from the second second on: an input that takes a few, on a fast machine too.
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do cat many.jsonl; done >longer.jsonl
vnextract --progress -j 1 -f jsonl longer.jsonl 2>said >/dev/null
has "time left" "$(tr '\r' '\n' <said)" " left"
rm longer.jsonl
vnextract -q --progress --db q.sqlite many.jsonl 2>said
is "quiet" "$(cat said)" ""
vnextract -f jsonl third.jsonl nowhere articles 2>&1 >/dev/null | tail -1 >said
has "failures in the summary" "$(cat said)" "; failed: "

# Memory does not grow with the archive.
peak() {
    python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$@"
}
if [ -z "${SANITIZED:-}" ]; then
    for jobs in 1 2; do
        memory=$(peak vnextract -q -j $jobs -f jsonl many.jsonl many.jsonl many.jsonl)
        is "memory with $jobs threads ($memory KB)" "$((memory <= 65536 + 8192 * jobs))" 1
        rm -f m.sqlite
        memory=$(peak vnextract -q -j $jobs --db m.sqlite many.jsonl)
        is "memory with $jobs threads and a database ($memory KB)" "$((memory <= 65536 + 8192 * jobs))" 1
    done
fi
rm -f ./*.sqlite*
