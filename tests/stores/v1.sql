CREATE TABLE article (
    id INTEGER PRIMARY KEY, hash BLOB NOT NULL, title TEXT NOT NULL, author TEXT NOT NULL, source TEXT NOT NULL, date TEXT NOT NULL,
    length INTEGER NOT NULL, per_cent INTEGER NOT NULL DEFAULT 0, opened INTEGER NOT NULL DEFAULT 0, kept TEXT
);
CREATE INDEX article_opened ON article (opened);
CREATE TABLE version (hash BLOB PRIMARY KEY, article INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE location (path TEXT PRIMARY KEY, article INTEGER NOT NULL, seen INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX location_article ON location (article, seen);
CREATE TABLE mark (
    uid TEXT PRIMARY KEY, article INTEGER NOT NULL, kind TEXT NOT NULL, letter TEXT NOT NULL, colour INTEGER NOT NULL,
    start INTEGER NOT NULL, exact TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, above TEXT NOT NULL, below TEXT NOT NULL,
    twins INTEGER NOT NULL, note TEXT NOT NULL, tags TEXT NOT NULL, cited TEXT NOT NULL, under TEXT NOT NULL,
    made INTEGER NOT NULL, changed INTEGER NOT NULL
);
CREATE INDEX mark_article ON mark (article);
CREATE INDEX mark_changed ON mark (changed);
CREATE INDEX mark_letter ON mark (letter) WHERE kind = 'bookmark';
CREATE TABLE reading (
    day TEXT NOT NULL, article INTEGER NOT NULL, ms INTEGER NOT NULL, chars INTEGER NOT NULL, paced_ms INTEGER NOT NULL, paced_chars INTEGER NOT NULL,
    PRIMARY KEY (day, article)
) WITHOUT ROWID;
CREATE INDEX reading_article ON reading (article);
CREATE TABLE choice (name TEXT PRIMARY KEY, value TEXT NOT NULL, base TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE keyword (term TEXT PRIMARY KEY, uses INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID;

INSERT INTO article (id, hash, title, author, source, date, length, per_cent, opened, kept) VALUES
    (3, x'00112233445566778899aabbccddeeff', '渡口', '林深', '河边', '2019-02-03', 700, 100, 1000, '{"per_cent": 100}'),
    (4, x'ffeeddccbbaa99887766554433221100', '灯笼', '', '', '', 90, 40, 2000, NULL);
INSERT INTO version VALUES (x'00112233445566778899aabbccddeeff', 3), (x'ffeeddccbbaa99887766554433221100', 4);
INSERT INTO location VALUES ('/a.txt', 3, 1000), ('/b.txt', 4, 2000);
INSERT INTO mark VALUES
    ('00000000000000010001', 3, 'annotation', '', 0, 12, '船上点着灯笼。', '', '', '', '', 0, '看这一句', '提法', '第1段', '', 10, 11),
    ('00000000000000010002', 3, 'bookmark', 'B', 0, 12, '船', '', '', '', '', 0, '', '', '', '', 12, 12),
    ('00000000000000010003', 4, 'highlight', '', 2, 0, '亮着', '', '', '', '', 0, '', '', '', '', 13, 13);
INSERT INTO reading VALUES ('2026-11-23', 3, 1, 2, 3, 4);
INSERT INTO choice VALUES ('measure', '60', '72');
INSERT INTO keyword VALUES ('协同', 2, 5);
PRAGMA application_id = 0x6a676475;
PRAGMA user_version = 1;
