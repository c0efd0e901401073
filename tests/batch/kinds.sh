# Each kind of input gives what the files by themselves give.
# shellcheck shell=bash

same() { is "$1" "$(facts "${@:2}" | sum) $(cat stderr)" "$wanted "; }

python3 - <<'PYTHON'
import csv, glob, json
articles = []
for name in sorted(glob.glob("articles/*.txt"), key=lambda n: n.encode()):
    text = open(name, encoding="utf-8", newline="").read()
    articles.append({"id": name, "title": "Tin " + name, "body": text, "published": "x"})
with open("a.jsonl", "w") as out:
    out.writelines(json.dumps(a) + "\n" for a in articles)          # \u escapes
with open("utf8.jsonl", "w") as out:
    out.write("\ufeff\n")
    out.write("\r\n".join(json.dumps(a, ensure_ascii=False) for a in articles))
json.dump(articles, open("a.json", "w"), ensure_ascii=False)
json.dump(articles, open("pretty.json", "w"), indent=2)
with open("objects.json", "w") as out:
    out.writelines(json.dumps(a, indent=4) + "\n" for a in articles)
for name, options in (("a.csv", {}), ("quoted.tsv", {"delimiter": "\t"})):
    with open(name, "w", newline="") as out:
        writer = csv.DictWriter(out, list(articles[0]), **options)
        writer.writeheader()
        writer.writerows(articles)
with open("plain.tsv", "w") as out:
    out.write("id\tbody\n1\t\"Ông Lê Văn Tám ở xã Ba Vinh.\n2\tXã \"Ba Trang\".\n")
with open("named.csv", "w", newline="") as out:
    writer = csv.writer(out)
    writer.writerow(["Mã", "Nội dung"])
    writer.writerows((a["id"], a["body"]) for a in articles)
PYTHON
sqlite3 a.sqlite 'CREATE TABLE articles (id, body); CREATE TABLE other (x)'
for f in articles/*.txt; do
    sqlite3 a.sqlite "INSERT INTO articles VALUES ('$f', CAST(readfile('$f') AS TEXT))"
done

for f in a.csv quoted.tsv utf8.jsonl pretty.json; do
    sed "1s/^\xEF\xBB\xBF//" "$f" | iconv -f UTF-8 -t UTF-16 >"utf16.$f"
    printf '\xFE\xFF' >"be.$f"
    sed '1s/^\xEF\xBB\xBF//' "$f" | iconv -f UTF-8 -t UTF-16BE >>"be.$f"
done

(cd articles && tar cf ../a.tar ./*.txt && tar -c --format=v7 -f ../old.tar ./*.txt && tar -c --format=pax -f ../pax.tar ./*.txt && zip -q ../a.zip ./*.txt && 7z a -bso0 -bsp0 ../a.7z ./*.txt >/dev/null &&
    ls ./*.txt | cpio -o -H newc >../a.cpio 2>/dev/null && ls ./*.txt | cpio -o -H odc >../odc.cpio 2>/dev/null)
gzip -k a.tar a.jsonl
bzip2 -k a.tar
xz -k a.tar
zstd -q a.tar a.csv
lz4 -q a.tar a.tar.lz4
gzip -c articles/*.txt >/dev/null

same "a folder" articles
same "a folder with a slash" articles/
ls -d articles/*.txt >list
same "names from a list" --files-from list
printf '%s\0' articles/*.txt >list0
same "names from a list with NULs" --files-from list0
same "names from standard input" --files-from - <list
for f in a.tar old.tar pax.tar a.tar.gz a.tar.bz2 a.tar.xz a.tar.zst a.tar.lz4 a.zip a.7z a.cpio odc.cpio a.jsonl utf8.jsonl a.jsonl.gz \
    a.json pretty.json objects.json a.csv a.csv.zst quoted.tsv a.sqlite; do
    same "$f" "$f"
done
for f in a.tar a.tar.gz a.zip a.tar.xz a.cpio a.jsonl.gz pretty.json a.csv quoted.tsv; do
    same "$f through a pipe" - < <(cat "$f")
    same "$f as standard input" - <"$f"
done
same "a table with names of columns that are not ASCII" --text-field "Nội dung" named.csv
same "a database by a query" --sql 'SELECT id, body FROM articles ORDER BY rowid' a.sqlite
for f in a.csv quoted.tsv utf8.jsonl pretty.json; do
    same "$f in UTF-16" "utf16.$f"
    same "$f in UTF-16, big-endian" "be.$f"
done
iconv -f UTF-8 -t UTF-16 articles/portal-vi-xuyen.txt >utf16.txt
is "an article in UTF-16 keeps its own offsets" "$(vnextract -q -f jsonl utf16.txt | jq -r .source.encoding | cut -c 1-6) \
$(vnextract -q -f jsonl utf16.txt | jq .source.bytes)" "UTF-16 $(stat -c %s utf16.txt)"
same "an archive by any name" <(cat a.tar.xz)
cp a.tar.gz article.txt
same "a name that misleads" article.txt
mkdir one two
split -l 10 a.jsonl one/part-
cp -r one two/deep
same "a folder of tables" two
tar --sort=name -czf nested.tgz -C two .
zip -q nested.zip nested.tgz
same "an archive in an archive" nested.zip

is "unquoted TSV" "$(facts plain.tsv | wc -l) $(cat stderr)" "2 "
is "names of members" "$(vnextract -q -f jsonl a.zip | head -1 | jq -r .source.name)" "a.zip:$(ls articles | head -1)"
is "names, ids and titles of records" "$(vnextract -q -f jsonl a.jsonl | sed -n 2p | jq -c '[.source.name, .record]')" \
    "[\"a.jsonl#2\",{\"id\":\"$(ls -d articles/* | sed -n 2p)\",\"title\":\"Tin $(ls -d articles/* | sed -n 2p)\"}]"
is "the date that a record gives" \
    "$(printf '{"text":"Xã Ba Vinh.","date":"21/8/2024 10:00"}\n{"text":"a","date":"1999-12"}\n{"text":"b","date":"?"}' |
        vnextract -q -f jsonl | jq -c .source.date | tr '\n' ' ')" '"2024-08-21" "1999-12" null '
is "a text that only looks like JSON" "$(printf '[Ảnh] Xã Ba Vinh.\n' | facts - | wc -l) $(cat stderr)" "1 "
is "a text with commas is no table" "$(printf 'Ba Vinh, Ba Trang\nxã Ba Vinh, xã Ba Trang\n' | facts - | wc -l)" 1
is "another kind than the content's" "$(printf '{"text": "Xã Ba Vinh."}\n' | vnextract -q -f jsonl --input text |
    jq '.source.bytes')" 25
printf '{"text": "Xã Ba Vinh.", "n": {"text": [1, {}]}}' >offset.json
is "offsets count in the field" "$(vnextract -q -f jsonl offset.json | jq -c '.entities[0] | [.start, .end]')" "[0,11]"
