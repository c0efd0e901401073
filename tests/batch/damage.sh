# Damage fails alone and says what it is; what is whole is read.
# shellcheck shell=bash

# damaged NAME ARTICLES MESSAGE ARGUMENT...: so many articles come out, exit 1, and the message.
damaged() {
    local found code said
    found=$(vnextract -q -f jsonl "${@:4}" 2>stderr)
    code=$?
    said=$(cat stderr)
    is "$1: articles" "$(printf '%s\n' "$found" | jq -c 'select(.error == null)' | wc -l) exit $code" "$2 exit 1"
    has "$1: message" "$said" "$3"
    is "$1: a line for each failure" "$(printf '%s\n' "$found" | jq -c 'select(.error != null)' | wc -l)" \
        "$(printf '%s\n' "$said" | wc -l)"
}

mkdir -p whole
for i in 1 2 3 4 5; do printf 'Ông Lê Văn Tám, Chủ tịch UBND xã Ba Vinh, nhận %s triệu đồng.\n' "$i" >whole/$i.txt; done
(cd whole && tar cf ../five.tar ./*.txt && zip -q0 ../five.zip ./*.txt && 7z a -bso0 -bsp0 ../five.7z ./*.txt >/dev/null)
seq 200000 >noise
tar cf long.tar whole noise

# cut FILE BYTES OUT, flip FILE OFFSET OUT
cut_off() { head -c "$2" "$1" >"$3"; }
flip() { python3 -c 'import sys
data = bytearray(open(sys.argv[1], "rb").read()); data[int(sys.argv[2])] ^= 0x55
open(sys.argv[3], "wb").write(data)' "$1" "$2" "$3"; }

cut_off five.tar 3000 cut.tar
damaged "a cut-off tar" 2 "cut.tar:"  cut.tar
gzip -k long.tar
cut_off long.tar.gz $(($(stat -c %s long.tar.gz) / 2)) cut.tar.gz
damaged "a cut-off tar.gz" 5 "ends early" cut.tar.gz
gzip -c whole/1.txt >one.gz
flip one.gz $(($(stat -c %s one.gz) - 6)) crc.gz
damaged "a gzip with a wrong checksum" 0 "incorrect data check" crc.gz
gzip -k five.tar
flip five.tar.gz $(($(stat -c %s five.tar.gz) - 6)) crc.tar.gz
damaged "a tar.gz with a wrong checksum" 5 "incorrect data check" crc.tar.gz
for tool in xz bzip2; do
    $tool -1 -k long.tar
    f=$(ls long.tar.*z* | grep -v gz | head -1)
    cut_off "$f" $(($(stat -c %s "$f") / 2)) cut."$tool"
    damaged "a cut-off tar under $tool" 5 "cut.$tool:" cut."$tool"
    rm "$f"
done
zstd -q --check long.tar
cut_off long.tar.zst $(($(stat -c %s long.tar.zst) / 2)) cut.zst
damaged "a cut-off tar.zst" 5 "cut.zst:" cut.zst
zstd -q --check whole/1.txt -o one.zst
flip one.zst $(($(stat -c %s one.zst) - 2)) sum.zst
damaged "a zstd with a wrong checksum" 0 "sum.zst:" sum.zst
flip five.tar 700 member.tar
is "a tar has no checksum of contents" "$(facts member.tar | wc -l)" 5
flip five.tar 1030 header.tar
damaged "a tar with a damaged header" 4 "header.tar:" header.tar
offset=$(grep -abo '3 tri' five.zip | cut -d: -f1)
flip five.zip "$offset" crc.zip
damaged "a zip with a wrong checksum in a member" 4 "crc.zip:3.txt:" crc.zip
cut_off five.zip 400 cut.zip
damaged "a cut-off zip" 2 "cut.zip" cut.zip
(cd whole && zip -qP secret ../locked.zip 1.txt && zip -q ../locked.zip 2.txt 3.txt)
damaged "an encrypted member" 2 "locked.zip:1.txt:" locked.zip
cut_off five.7z 150 cut.7z
damaged "a cut-off 7z" 0 "cut.7z:" cut.7z
damaged "a 7z through a pipe" 0 "save it as a file" - < <(cat five.7z)

for i in 1 2 3 4 5; do
    [ $i = 3 ] && echo '{"text": "Xã Ba Vinh' || echo "{\"text\": \"Xã Ba Vinh có $i triệu đồng.\"}"
done >third.jsonl
damaged "a bad line 3 of 5" 4 "third.jsonl#3: not JSON" third.jsonl
printf '[{"text": "a"}, {"text": tru}, 5, {"text": "b"}, {"x": 1}, {"text": 7}]' >bad.json
damaged "bad elements of an array" 2 "bad.json#2: not JSON" bad.json
damaged "an array's element without text" 2 '(it has: x)' bad.json
printf '[{"text": "a"}, {"text": "b' >cut.json
damaged "a cut-off array" 1 "cut.json#2: not JSON" cut.json
printf '{"body": "a"}\n{"body": "b"}\n' >key.jsonl
damaged "a wrong key" 0 'no string "text"' --text-field text key.jsonl
printf '{"text": "a\xff \\ud83d \\ud83d\\ude00"}\n{"text": "b"}\n' >bytes.jsonl
is "bytes that are no UTF-8, and half an emoji, in JSON" \
    "$(vnextract -q -f jsonl bytes.jsonl | jq -c '[.source.bytes, .error]' | tr '\n' ' ')" "[13,null] [1,null] "
printf 'id,body,x\n1,a,b\n2\n3,c,d\n' >row.csv
damaged "a row that is too short" 2 "row.csv#2: the row has 1 columns of 3" row.csv
damaged "a wrong column" 0 "There are: id, body, x" --text-field text row.csv
printf 'id,body\n1,a\n2,"b\n' >quote.csv
damaged "a quote that is not closed" 1 "quote.csv" quote.csv
sqlite3 t.sqlite 'CREATE TABLE a (id, body); INSERT INTO a VALUES (1, "x"), (2, NULL), (3, "y"); CREATE TABLE b (body)'
damaged "which table?" 0 "tables: a, b" t.sqlite
damaged "a row without text" 2 "t.sqlite#2: the text is NULL" --sql 'SELECT * FROM a' t.sqlite
damaged "a wrong query" 0 "no such table: c" --sql 'SELECT * FROM c' t.sqlite
damaged "a query that writes" 0 "must be one SELECT" --sql 'DELETE FROM a RETURNING id' t.sqlite
damaged "a wrong column of a query" 0 "--text-field" --text-field text --sql 'SELECT id FROM a' t.sqlite
cut_off t.sqlite 5000 cut.sqlite
damaged "a cut-off database" 0 "cut.sqlite:" --sql 'SELECT * FROM a' cut.sqlite

: >empty
is "an empty file" "$(facts empty) $(cat stderr)" '{"error":null,"sentences":[],"entities":[],"people":[],"places":[]} '
mkdir hollow
is "an empty folder" "$(facts hollow)$(cat stderr)" ""
tar cf empty.tar --files-from /dev/null
is "an empty tar" "$(facts empty.tar)$(cat stderr)" ""
is "an empty array" "$(echo '[]' | facts -)$(cat stderr)" ""
damaged "a binary file" 5 "binary data, not text" "$(command -v sqlite3)" whole
damaged "a missing file" 5 "nowhere: cannot be read: No such file" nowhere whole
damaged "a file that is too large" 5 "larger than the limit of 100 bytes" --max-bytes 100 noise whole
cp noise huge
truncate -s 2200M huge
damaged "a file over 2 GB" 5 "larger than the limit of 1073741824 bytes" --max-bytes 1G huge whole
damaged "a member that is too large" 5 "long.tar:noise: larger than the limit" --max-bytes 1000 long.tar
printf '{"text": "%s"}\n{"text": "b"}\n' "$(head -c 3000000 noise | tr '\n' ' ')" >large.jsonl
damaged "a record that is too large" 1 "large.jsonl#1" --max-bytes 1000 large.jsonl

# As root all may be read: then as another user, where the system lets us.
mkdir -p shut/in
cp whole/1.txt shut/in
chmod 000 shut/in
chmod 755 . shut
as=()
if [ "$(id -u)" = 0 ]; then as=(setpriv --reuid=65534 --regid=65534 --clear-groups); fi
if [ "$(id -u)" != 0 ] || "${as[@]}" true 2>/dev/null; then
    cp "$(command -v vnextract)" vnx 2>/dev/null
    said=$("${as[@]}" ./vnx -q -f jsonl shut whole 2>&1 >out)
    is "a folder without permission" "$? $(grep -vc error out)" "1 5"
    has "a folder without permission: message" "$said" "shut/in: cannot be read: Permission denied"
fi
chmod 755 shut/in

# What must not happen.
mkdir -p trap/deep
cp whole/1.txt trap/deep
ln -s ../../whole trap/deep/out
ln -s .. trap/deep/loop
ln -s /etc/passwd trap/passwd
mkfifo trap/fifo
is "links and FIFOs in a folder are passed over" "$(timeout 20 vnextract -q -f jsonl trap | jq -r .source.name)" \
    "trap/deep/1.txt"
timeout 20 vnextract -q -f jsonl trap/fifo >/dev/null
is "a FIFO that nobody writes to does not hang" $? 0
mkdir evil
(cd evil && printf 'Xã Ba Vinh.' >../escaped && tar cPf ../evil.tar ../escaped && rm ../escaped)
is "no member is written" "$(cd evil && vnextract -q -f jsonl ../evil.tar | wc -l) $(ls -A evil | wc -l) $(ls escaped 2>&1 | grep -c 'No such')" "1 0 1"
head -c 150000000 /dev/zero | tr '\0' 'a' | gzip -1 >bomb.gz
damaged "a gzip bomb" 5 "larger than the limit" bomb.gz whole
head -c 150000000 /dev/zero | tr '\0' 'a' >bomb
tar cf - bomb whole | gzip >bomb.tar.gz
damaged "a bomb in a tar.gz" 0 "raise --max-ratio" bomb.tar.gz
zip -q bomb.zip bomb whole/1.txt
damaged "a bomb in a zip" 0 "raise --max-ratio" bomb.zip
zstd -q -c bomb >bomb.zst
damaged "a zstd bomb" 5 "bomb.zst" bomb.zst whole
is "and with the limits raised" "$(facts --max-ratio 0 bomb.zip | grep -c '"error":null')" 1
rm -f bomb bomb.* huge
