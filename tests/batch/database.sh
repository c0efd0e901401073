# What the database holds.
# shellcheck shell=bash

sql() { sqlite3 db.sqlite "$1"; }
rm -f db.sqlite
vnextract -q --db db.sqlite articles
is "one file when it is done" "$(ls db.sqlite*)" db.sqlite
is "documents" "$(count db.sqlite documents) $(count db.sqlite sources)" "$number $number"
is "sentences" "$(count db.sqlite sentences)" "$(jq '.sentences | length' wanted | jq -s add)"
for type in person title place money; do
    is "mentions: $type" "$(count db.sqlite "mentions WHERE type = '$type'")" \
        "$(jq "[.entities[] | select(.type == \"$type\")] | length" wanted | jq -s add)"
done
is "appearances" "$(count db.sqlite appearances)" "$(jq '.people | length' wanted | jq -s add)"
is "holdings" "$(count db.sqlite holdings)" \
    "$(jq '[.entities[] | .title // empty | .holders | unique | length] | add // 0' wanted | jq -s add)"
is "sums" "$(sql 'SELECT low_text FROM sums WHERE vague = 0 ORDER BY mention' | sum)" \
    "$(vnextract -q -f jsonl articles | grep -o '"low": [0-9][0-9.]*' | cut -c 8- | sum)"
is "integrity" "$(sql 'PRAGMA integrity_check; PRAGMA foreign_key_check')" ok
sql "INSERT INTO sentences_fts (sentences_fts, rank) VALUES ('integrity-check', 0)" >said 2>&1
is "integrity of the word index" "$(cat said)" ""
is "threads make no difference" "$(rm -f j.sqlite; vnextract -q -j 5 --db j.sqlite articles; dump j.sqlite)" "$(dump db.sqlite)"
is "views" "$(for v in officials posts_by_unit money_by_unit mentions_in_context; do
    [ "$(count db.sqlite $v)" -gt 0 ] && echo -n "$v "
done)" "officials posts_by_unit money_by_unit mentions_in_context "

# Words with and without accents.
mkdir -p words
echo 'Huyện Ba Tơ được 5 tỷ đồng. Bà Tô Thị Bé ở Đắk Lắk.' >words/1.txt
rm -f db.sqlite
vnextract -q --db db.sqlite words
find_words() { sql "SELECT group_concat(substr(t.text, 1, 5), ' ') FROM sentences_fts f JOIN sentences t ON t.id = f.rowid
    WHERE sentences_fts MATCH '$1'"; }
is "words with accents" "$(find_words '"Ba Tơ"')" "Huyện"
is "words without accents" "$(find_words '"ba to"')" "Huyện Bà Tô"
is "đ is a d" "$(find_words 'dak')" "Bà Tô"
is "accents that are wrong" "$(find_words '"Bá Tờ"')" ""
is "what a search shows has its accents" \
    "$(sql "SELECT highlight(sentences_fts, 1, '[', ']') FROM sentences_fts WHERE sentences_fts MATCH 'dong'")" \
    "Huyện Ba Tơ được 5 tỷ [đồng]."

# Exact sums.
echo 'Chi 9.007.199.254.740.993 đồng và 1,25 USD.' >words/1.txt
rm -f db.sqlite
vnextract -q --db db.sqlite words
is "exact sums" "$(sql 'SELECT low, typeof(low), low_text, currency FROM sums' | tr '\n' ' ')" \
    "9007199254740993|integer|9007199254740993|VND 1.25|real|1.25|USD "

# The same bytes once, both sources listed.
mkdir -p same
for f in a b/c; do mkdir -p "same/$(dirname $f)"; cp articles/"$(ls articles | head -1)" same/$f.txt; done
rm -f db.sqlite
vnextract -q --db db.sqlite same same/a.txt
is "the same article twice" "$(count db.sqlite documents) $(sql 'SELECT group_concat(name) FROM sources WHERE document = 1')" \
    "1 same/a.txt,same/b/c.txt"

# People are merged when name and post agree.
mkdir -p people
echo 'Ông Lê Văn Tám, Chủ tịch UBND huyện Ba Tơ, tỉnh Quảng Ngãi, dự họp.' >people/1.txt
echo 'Hôm qua, ông Lê Văn Tám, Chủ tịch UBND huyện Ba Tơ, tỉnh Quảng Ngãi, trả lời.' >people/2.txt
echo 'Ông Lê Văn Tám, Bí thư Huyện ủy Sơn Hà, tỉnh Quảng Ngãi, phát biểu.' >people/3.txt
echo 'Ông Lê Văn Tám là nông dân ở xã Ba Vinh.' >people/4.txt
rm -f db.sqlite
vnextract -q --db db.sqlite people
is "one person for one name and post, others apart" \
    "$(sql 'SELECT person, count(*) FROM appearances GROUP BY person ORDER BY person' | tr '\n' ' ')" "1|2 2|1 3|1 "
is "the view of officials" "$(sql 'SELECT person, role, unit, articles FROM officials ORDER BY person_id' | tr '\n' ' ')" \
    "Lê Văn Tám|Chủ tịch|Ba Tơ|2 Lê Văn Tám|Bí thư|Sơn Hà|1 "
echo 'Ông Lê Văn Tám, Bí thư Huyện ủy Sơn Hà, nguyên Chủ tịch UBND huyện Ba Tơ, tỉnh Quảng Ngãi, nghỉ hưu.' >people/5.txt
vnextract -q --db db.sqlite --resume people
is "an article with both posts makes them one" \
    "$(sql 'SELECT person, count(*) FROM appearances GROUP BY person ORDER BY person' | tr '\n' ' ')" "1|4 3|1 "
is "and all that was theirs" "$(sql 'SELECT count(DISTINCT person) FROM holdings; SELECT count(*) FROM people') \
$(sql 'PRAGMA foreign_key_check')" "1
2 "

# Failures are rows as well; a database may lie among its inputs.
mkdir -p mixed
cp articles/*.txt mixed
cp "$(command -v sqlite3)" mixed/zzz
vnextract -q --db mixed/db.sqlite mixed 2>said
is "failures" "$? $(sqlite3 mixed/db.sqlite "SELECT name, error FROM sources WHERE document IS NULL")" \
    "1 mixed/zzz|binary data, not text"
before=$(dump mixed/db.sqlite)
vnextract -q --db mixed/db.sqlite --resume mixed 2>said
is "the same run again adds nothing, and tells what still fails" "$? $(dump mixed/db.sqlite) $(cat said)" \
    "1 $before vnextract: mixed/zzz: binary data, not text"

# Two runs at once: one of them ends, and nothing is stored twice.
rm -f db.sqlite
for i in 1 2; do vnextract -q --db db.sqlite --resume many.jsonl 2>said$i & done
wait
vnextract -q --db db.sqlite --resume many.jsonl
vnextract -q --db alone.sqlite many.jsonl
is "two runs at once" "$? $(dump db.sqlite)" "0 $(dump alone.sqlite)"

# Wrong use.
vnextract -q --db db.sqlite articles 2>said
is "a database that exists" "$? $(cat said)" "2 vnextract: db.sqlite: exists; --resume goes on with it or adds to it"
sqlite3 foreign.sqlite 'CREATE TABLE t (x)'
vnextract -q --db foreign.sqlite --resume articles 2>said
is "somebody else's database" "$? $(cat said)" "2 vnextract: foreign.sqlite: exists and is no database of vnextract"
vnextract -q --db db.sqlite --resume --only person articles 2>said
is "another choice" "$? $(cat said)" "2 vnextract: db.sqlite: was made with another --only"
vnextract -q --resume articles 2>said
is "--resume without --db" "$? $(head -1 said)" "2 vnextract: --resume goes with --db only"
rm -f ./*.sqlite
