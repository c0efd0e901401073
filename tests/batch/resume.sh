# A run that is stopped at any moment comes to the identical database.
# shellcheck shell=bash

gzip -kf many.jsonl
rm -f whole.sqlite* stopped.sqlite*
started=$(date +%s%N)
vnextract -q -j 2 --db whole.sqlite many.jsonl.gz
took=$((($(date +%s%N) - started) / 1000000))
wanted_dump=$(dump whole.sqlite)

# stop_at_random SIGNAL TIMES: how often the run was alive to be stopped.
stop_at_random() {
    local stopped=0
    for _ in $(seq "$2"); do
        vnextract -q -j 2 --db stopped.sqlite --resume many.jsonl.gz 2>/dev/null &
        process=$!
        sleep "$(awk -v r=$RANDOM -v t=$took 'BEGIN {printf "%.3f", r / 32768 * t / 1000 * 0.9}')"
        kill "-$1" $process 2>/dev/null && stopped=$((stopped + 1))
        wait $process 2>/dev/null
        sqlite3 stopped.sqlite 'PRAGMA integrity_check' 2>/dev/null | grep -qv '^ok$' && echo "damaged after SIG$1"
        [ "$(sqlite3 stopped.sqlite 'SELECT count(*) FROM documents' 2>/dev/null)" = 1500 ] && rm -f stopped.sqlite*
    done
    [ "$stopped" -ge $(($2 / 4)) ] || echo "only $stopped runs were stopped"
}
for signal in KILL INT; do
    times=20
    [ $signal = KILL ] || times=6
    said=$(stop_at_random $signal $times)
    is "stopped by SIG$signal at $times random moments: no damage" "$said" ""
    vnextract -q --db stopped.sqlite --resume many.jsonl.gz
    is "stopped by SIG$signal, resumed, identical" "$? $(dump stopped.sqlite)" "0 $wanted_dump"
    rm -f stopped.sqlite*
done

(trap '' XFSZ && ulimit -f 4000 && exec vnextract -q --db stopped.sqlite many.jsonl.gz 2>said)
is "a full disk" "$?" 1
has "a full disk is said" "$(cat said)" "--resume goes on where it stopped"
vnextract -q --db stopped.sqlite --resume many.jsonl.gz
is "a full disk, resumed, identical" "$? $(dump stopped.sqlite)" "0 $wanted_dump"
rm -f ./*.sqlite*
