# Inputs with a few bytes changed at random (the same ones each time) are read or fail: no crash, no hang, whole lines.
# shellcheck shell=bash

mkdir -p seeds mutants
head -c 6000 "$(ls -d articles/* | head -1)" >seeds/one.txt
for i in 1 2 3; do printf '{"id": %d, "title": "T", "text": "Xã Ba Vinh nhận %d triệu đồng \\u1ea1."}\n' $i $i; done >seeds/a.jsonl
jq -s . seeds/a.jsonl >seeds/a.json
jq -r '[.id, .title, .text] | @csv' seeds/a.jsonl | sed '1i id,title,text' >seeds/a.csv
jq -r '[.id, .title, .text] | @tsv' seeds/a.jsonl | sed '1i id\ttitle\ttext' >seeds/a.tsv
sqlite3 seeds/a.sqlite 'CREATE TABLE a (id, text); INSERT INTO a VALUES (1, "Xã Ba Vinh."), (2, "Xã Ba Trang.")'
(cd seeds && tar cf a.tar one.txt a.jsonl && zip -q a.zip one.txt a.csv && 7z a -bso0 -bsp0 a.7z one.txt a.json >/dev/null &&
    ls one.txt a.csv | cpio -o -H newc >a.cpio 2>/dev/null && gzip -k a.tar && bzip2 -k a.tar && xz -k a.tar &&
    zstd -q a.tar && lz4 -q a.tar a.tar.lz4)
python3 - "${MUTANTS:-20}" <<'PYTHON'
import glob, os, random, sys
random.seed(20261124)
for seed in sorted(glob.glob("seeds/*")):
    data = open(seed, "rb").read()
    for i in range(int(sys.argv[1])):
        mutant = bytearray(data)
        # Half of the changes strike the first bytes, where formats tell what they are.
        for _ in range(random.randint(1, 6)):
            at = random.randrange(min(len(mutant), 600 if random.random() < 0.5 else len(mutant)))
            mutant[at] = random.choice((random.randrange(256), mutant[at] ^ (1 << random.randrange(8)), 0, 255))
        if random.random() < 0.2:
            del mutant[random.randrange(len(mutant)):]
        open("mutants/%s-%d" % (os.path.basename(seed), i), "wb").write(mutant)
PYTHON
bad=
for mutant in mutants/*; do
    timeout 60 vnextract -q -f jsonl --max-bytes 1M "$mutant" >out 2>said
    code=$?
    [ $code -le 1 ] && { [ ! -s out ] || [ -z "$(tail -c 1 out)" ]; } || bad+="$mutant exit $code: $(tail -1 said); "
done
is "$(ls mutants | wc -l) damaged inputs" "$bad" ""
vnextract -q -j 3 --db mutants.sqlite mutants 2>/dev/null
is "all of them at once" "$?" 1
