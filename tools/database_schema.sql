-- The database that vnextract --db writes.
--
-- start and end count bytes of the document as it was given; text is normalized (NFC).
-- Dates are YYYY-MM-DD, YYYY-MM or YYYY: as text they sort.

-- How the database was made, and how far its word index is.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- One row an article; the same bytes from several sources are one document.
CREATE TABLE documents (
    id          INTEGER PRIMARY KEY,
    hash        BLOB NOT NULL UNIQUE,   -- SHA-256 of the bytes as given
    title       TEXT,                   -- that the first source gave
    date        TEXT,                   -- that the first source gave, or the text
    encoding    TEXT NOT NULL,
    confidence  REAL NOT NULL,          -- of the encoding, 0..1
    bytes       INTEGER NOT NULL,
    repairs     INTEGER NOT NULL,       -- invalid sequences that were mended
    undecodable INTEGER NOT NULL        -- bytes that stand for no character
);

-- Where articles came from, in the input's order.
CREATE TABLE sources (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,             -- "file", "archive:member", "file#record"
    document INTEGER REFERENCES documents, -- NULL: it failed, and error says why
    record   TEXT,                      -- id, title, date: as the source gave them
    title    TEXT,
    date     TEXT,
    error    TEXT
);
CREATE INDEX sources_by_name ON sources (name);

CREATE TABLE sentences (
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents,
    number   INTEGER NOT NULL,          -- in the document, from 0
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    text     TEXT NOT NULL,
    UNIQUE (document, number)
);

-- Administrative units, countries, waters, buildings; one row for each that is told apart.
CREATE TABLE places (
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL,         -- without its kind
    kind         TEXT NOT NULL,         -- "huyện", "tỉnh", "quốc gia", ...
    code         TEXT,                  -- official code of the unit; NULL: not linked
    path         TEXT NOT NULL,         -- the units above, nearest first, joined by ", "
    country      TEXT,                  -- ISO 3166
    country_name TEXT,
    now_code     TEXT,                  -- the unit that it is part of today, where a reform changed it
    now_kind     TEXT,
    now_name     TEXT,
    now_path     TEXT
);
CREATE UNIQUE INDEX places_identity ON places (name, kind, ifnull(code, ''), path, ifnull(country, ''));

-- Titles by their written-out form.
CREATE TABLE posts (
    id        INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL,            -- "post", "rank" or "job"
    canonical TEXT NOT NULL,            -- "Phó Chủ tịch Ủy ban nhân dân huyện Ba Tơ"
    key       TEXT NOT NULL,            -- canonical in one case and spelling
    role      TEXT NOT NULL,
    body      TEXT,
    sector    TEXT NOT NULL,
    level     TEXT,
    place     INTEGER REFERENCES places, -- the jurisdiction
    specific  INTEGER NOT NULL          -- 1: names a position closely enough to tell people of one name apart
);
CREATE UNIQUE INDEX posts_identity ON posts (key, kind, ifnull(place, 0));

-- People.  Those of two articles are one row when name and a specific post agree; identities says by which.
CREATE TABLE people (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    key      TEXT NOT NULL,             -- name in one case and spelling
    official INTEGER NOT NULL           -- 1: holds a post in at least one article
);
CREATE INDEX people_by_key ON people (key);

-- A name and a specific post that together mean one person.
CREATE TABLE identities (
    key    TEXT NOT NULL,
    post   INTEGER NOT NULL REFERENCES posts,
    person INTEGER NOT NULL REFERENCES people,
    PRIMARY KEY (key, post)
) WITHOUT ROWID;
CREATE INDEX identities_by_person ON identities (person);

-- Which person of an article is which row of people: the evidence of a merge.
CREATE TABLE appearances (
    document INTEGER NOT NULL REFERENCES documents,
    number   INTEGER NOT NULL,          -- among the people of the document, from 0
    person   INTEGER NOT NULL REFERENCES people,
    name     TEXT NOT NULL,             -- the fullest form in this article
    mentions INTEGER NOT NULL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE INDEX appearances_by_person ON appearances (person);

CREATE TABLE mentions (
    id        INTEGER PRIMARY KEY,
    document  INTEGER NOT NULL REFERENCES documents,
    sentence  INTEGER REFERENCES sentences,
    type      TEXT NOT NULL,            -- "person", "title", "place" or "money"
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    text      TEXT NOT NULL,
    honorific TEXT,                     -- a person's ("ông")
    status    TEXT,                     -- a title's: "current", "former", "acting", "incoming"
    person    INTEGER REFERENCES people,
    post      INTEGER REFERENCES posts,
    place     INTEGER REFERENCES places
);
CREATE INDEX mentions_by_person ON mentions (person) WHERE person IS NOT NULL;

-- Sums of money, by the mention that names them.
CREATE TABLE sums (
    mention   INTEGER PRIMARY KEY REFERENCES mentions,
    low       NUMERIC,                  -- exact where whole and below 2^63; NULL where vague
    high      NUMERIC,
    low_text  TEXT,                     -- the exact decimal
    high_text TEXT,
    currency  TEXT NOT NULL,
    implied   INTEGER NOT NULL,         -- 1: the text names no currency
    qualifier TEXT,                     -- "over", "under", "near", "about", "atleast", "atmost"
    per       TEXT,                     -- unit of a rate
    vague     INTEGER NOT NULL
);

-- Who held which post according to which article: one row a title's mention and holder.
CREATE TABLE holdings (
    mention  INTEGER NOT NULL REFERENCES mentions,
    person   INTEGER NOT NULL REFERENCES people,
    post     INTEGER NOT NULL REFERENCES posts,
    document INTEGER NOT NULL REFERENCES documents,
    status   TEXT NOT NULL,
    PRIMARY KEY (mention, person)
) WITHOUT ROWID;
CREATE INDEX holdings_by_person ON holdings (person, post);

-- Words of sentences.  Column text keeps accents ("Ba Tơ"), column plain has none ("ba to"); both show the
-- sentence as it is.  Filled by vnextract: the index's own 'rebuild' would put accents into plain.
CREATE VIEW sentences_search AS SELECT id, text, text AS plain FROM sentences;
CREATE VIRTUAL TABLE sentences_fts USING fts5 (
    text, plain, content = 'sentences_search', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0'
);

-- Who holds which post where, when, and in how many articles.
CREATE VIEW officials AS
SELECT p.id AS person_id, p.name AS person, o.id AS post_id, o.canonical AS post, o.role, o.body, o.sector, o.level,
       l.name AS unit, l.kind AS unit_kind, l.code AS unit_code, l.path AS unit_path,
       group_concat(DISTINCT h.status) AS status, min(d.date) AS first_seen, max(d.date) AS last_seen,
       count(DISTINCT h.document) AS articles
  FROM holdings h
  JOIN people p ON p.id = h.person
  JOIN posts o ON o.id = h.post AND o.kind = 'post'
  JOIN documents d ON d.id = h.document
  LEFT JOIN places l ON l.id = o.place
 GROUP BY h.person, h.post;

-- The posts of each unit, with those who hold them and without.
CREATE VIEW posts_by_unit AS
SELECT l.id AS unit_id, l.name AS unit, l.kind AS unit_kind, l.code AS unit_code, l.path AS unit_path,
       o.id AS post_id, o.canonical AS post, o.sector, o.level,
       (SELECT group_concat(name, ', ') FROM (SELECT DISTINCT p.name FROM holdings h JOIN people p ON p.id = h.person
                                               WHERE h.post = o.id ORDER BY p.name)) AS people,
       (SELECT count(DISTINCT h.person) FROM holdings h WHERE h.post = o.id) AS holders,
       (SELECT count(DISTINCT m.document) FROM mentions m WHERE m.post = o.id) AS articles
  FROM posts o
  JOIN places l ON l.id = o.place
 WHERE o.kind = 'post';

-- Sums in the sentences that name an administrative unit or a country; rates ("per") and vague sums are left out.  A sum that several
-- articles, or several sentences, repeat counts each time.  Totals are whole units of the currency.
CREATE VIEW money_by_unit AS
SELECT l.id AS unit_id, l.name AS unit, l.kind AS unit_kind, l.code AS unit_code, l.path AS unit_path, n.currency,
       count(*) AS sums,
       CASE WHEN total(n.low) < 9e15 THEN CAST(total(n.low) AS INTEGER) ELSE total(n.low) END AS total_low,
       CASE WHEN total(n.high) < 9e15 THEN CAST(total(n.high) AS INTEGER) ELSE total(n.high) END AS total_high,
       max(n.high) AS largest, count(DISTINCT n.document) AS articles
  FROM (SELECT DISTINCT u.place, m.id, m.document, s.low, s.high, s.currency
          FROM mentions u
          JOIN mentions m ON m.sentence = u.sentence AND m.type = 'money'
          JOIN sums s ON s.mention = m.id AND s.vague = 0 AND s.per IS NULL
         WHERE u.place IS NOT NULL) n
  JOIN places l ON l.id = n.place AND (l.code IS NOT NULL OR l.kind = 'quốc gia')
 GROUP BY n.place, n.currency;

-- Each mention with what it means, its sentence, its article and where that came from.
CREATE VIEW mentions_in_context AS
SELECT m.id AS mention_id, m.type, m.text, m.start, m."end", p.name AS person, o.canonical AS post, m.status,
       l.name AS place, l.kind AS place_kind, l.code AS place_code, l.path AS place_path,
       s.low, s.high, s.currency, s.qualifier, s.per,
       t.text AS sentence, m.document AS document_id, d.date, d.title,
       (SELECT name FROM sources WHERE document = m.document ORDER BY id LIMIT 1) AS source
  FROM mentions m
  JOIN documents d ON d.id = m.document
  LEFT JOIN sentences t ON t.id = m.sentence
  LEFT JOIN people p ON p.id = m.person
  LEFT JOIN posts o ON o.id = m.post
  LEFT JOIN places l ON l.id = m.place
  LEFT JOIN sums s ON s.mention = m.id;
