-- Indexes that no writing needs: made when a run is complete, which costs a part of keeping them all the while.
CREATE INDEX IF NOT EXISTS mentions_by_document ON mentions (document);
CREATE INDEX IF NOT EXISTS mentions_by_sentence ON mentions (sentence);
CREATE INDEX IF NOT EXISTS mentions_by_post ON mentions (post) WHERE post IS NOT NULL;
CREATE INDEX IF NOT EXISTS mentions_by_place ON mentions (place) WHERE place IS NOT NULL;
CREATE INDEX IF NOT EXISTS holdings_by_post ON holdings (post, person);
CREATE INDEX IF NOT EXISTS posts_by_place ON posts (place) WHERE place IS NOT NULL;
CREATE INDEX IF NOT EXISTS places_by_code ON places (code) WHERE code IS NOT NULL;
CREATE INDEX IF NOT EXISTS sources_by_document ON sources (document);
