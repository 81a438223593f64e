// SPDX-License-Identifier: Apache-2.0
// The tables. docs/formats/store.md describes each; a test holds the two together.
#include "store/schema.h"

#include "dragoman/error.h"
#include "store/migrate.h"

namespace dragoman::store {
namespace {

// Rows of a document are keyed by the document's number and their place in the record, counted from one as in
// the record's ids ("e3", "#2", "s1"); so no table needs an index beside its key, save the four at the end.
// Offsets are code points of the document's text. What is not known is NULL.
constexpr const char* kTables = R"sql(
CREATE TABLE runs (
  run INTEGER PRIMARY KEY,
  engine TEXT NOT NULL, model TEXT NOT NULL, knowledge TEXT NOT NULL, ontology TEXT NOT NULL,
  UNIQUE (engine, model, knowledge, ontology)
) STRICT;

CREATE TABLE documents (
  document INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL, url TEXT, title TEXT, publisher TEXT, published TEXT, language TEXT NOT NULL,
  run INTEGER NOT NULL REFERENCES runs,
  hash TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;

CREATE TABLE sentences (
  sentence INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  begin INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL,
  UNIQUE (document, ordinal)
) STRICT;

CREATE TABLE entities (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  name TEXT NOT NULL, folded TEXT NOT NULL, kind TEXT NOT NULL,
  kb TEXT, country TEXT, sectors TEXT, role TEXT,
  PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  type TEXT NOT NULL, modes TEXT, contexts TEXT, cameo TEXT, quad TEXT, score REAL NOT NULL,
  status TEXT NOT NULL, historical INTEGER NOT NULL,
  date TEXT, date_precision TEXT, date_basis TEXT, first_day TEXT, last_day TEXT,
  theme TEXT, about INTEGER,
  trigger TEXT NOT NULL, trigger_begin INTEGER NOT NULL, trigger_end INTEGER NOT NULL,
  sentence INTEGER NOT NULL,
  rule TEXT, confidence REAL NOT NULL,
  PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE participants (
  document INTEGER NOT NULL, event INTEGER NOT NULL, role TEXT NOT NULL, ordinal INTEGER NOT NULL,
  entity INTEGER NOT NULL, country TEXT, sectors TEXT,
  begin INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, score REAL NOT NULL,
  PRIMARY KEY (document, event, role, ordinal),
  FOREIGN KEY (document, event) REFERENCES events ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE locations (
  document INTEGER NOT NULL, event INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  name TEXT NOT NULL, country TEXT, geonames INTEGER, lat REAL, lon REAL, precision TEXT,
  begin INTEGER NOT NULL, end INTEGER NOT NULL,
  PRIMARY KEY (document, event, ordinal),
  FOREIGN KEY (document, event) REFERENCES events ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE attributions (
  document INTEGER NOT NULL, event INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  entity INTEGER NOT NULL, kind TEXT NOT NULL, cue TEXT,
  PRIMARY KEY (document, event, ordinal),
  FOREIGN KEY (document, event) REFERENCES events ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE statements (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL, speaker INTEGER, speaker_country TEXT, speaker_sectors TEXT, act TEXT, cue TEXT,
  content TEXT NOT NULL, content_begin INTEGER NOT NULL, content_end INTEGER NOT NULL,
  date TEXT, sentence INTEGER NOT NULL, confidence REAL NOT NULL,
  PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE quantities (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL, value REAL, low REAL, high REAL, unit TEXT,
  votes_for INTEGER, votes_against INTEGER, votes_abstaining INTEGER,
  begin INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE instruments (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL, name TEXT NOT NULL, owner INTEGER,
  PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE positions (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  holder INTEGER NOT NULL, issue TEXT NOT NULL, object INTEGER, stance TEXT NOT NULL,
  PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE failures (
  source TEXT PRIMARY KEY,
  code TEXT NOT NULL, message TEXT NOT NULL, place TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX documents_by_source ON documents (source);
CREATE INDEX events_by_day ON events (first_day);
CREATE INDEX participants_by_country ON participants (country) WHERE country IS NOT NULL;

CREATE VIRTUAL TABLE sentence_words USING fts5 (
  text, content = 'sentences', content_rowid = 'sentence', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER sentences_added AFTER INSERT ON sentences BEGIN
  INSERT INTO sentence_words (rowid, text) VALUES (new.sentence, new.text);
END;
CREATE TRIGGER sentences_removed AFTER DELETE ON sentences BEGIN
  INSERT INTO sentence_words (sentence_words, rowid, text) VALUES ('delete', old.sentence, old.text);
END;
)sql";

// Added by version 2: who was spoken to and by which way the words came, what lies behind positions, what belongs to
// events, and the sketches by which copies of a text are known.
constexpr const char* kVersion2 = R"sql(
ALTER TABLE statements ADD COLUMN first_day TEXT;
ALTER TABLE statements ADD COLUMN last_day TEXT;

CREATE TABLE addressees (
  document INTEGER NOT NULL, statement INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  entity INTEGER NOT NULL, country TEXT, sectors TEXT, text TEXT NOT NULL,
  PRIMARY KEY (document, statement, ordinal),
  FOREIGN KEY (document, statement) REFERENCES statements ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE statement_sources (
  document INTEGER NOT NULL, statement INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  entity INTEGER NOT NULL, kind TEXT NOT NULL, cue TEXT,
  PRIMARY KEY (document, statement, ordinal),
  FOREIGN KEY (document, statement) REFERENCES statements ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE position_evidence (
  document INTEGER NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, ordinal INTEGER NOT NULL,
  PRIMARY KEY (document, position, kind, ordinal),
  FOREIGN KEY (document, position) REFERENCES positions ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE event_quantities (
  document INTEGER NOT NULL, event INTEGER NOT NULL, quantity INTEGER NOT NULL,
  PRIMARY KEY (document, event, quantity),
  FOREIGN KEY (document, event) REFERENCES events ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE event_instruments (
  document INTEGER NOT NULL, event INTEGER NOT NULL, instrument INTEGER NOT NULL,
  PRIMARY KEY (document, event, instrument),
  FOREIGN KEY (document, event) REFERENCES events ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE sketches (
  document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
  sketch TEXT NOT NULL
) STRICT;
)sql";

// Added by version 3: stories kept as documents come, counts kept, and by what names instruments go.
constexpr const char* kVersion3 = R"sql(
CREATE TABLE unjoined (
  document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE
) STRICT;

CREATE TABLE document_words (
  document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
  words BLOB NOT NULL, parties BLOB NOT NULL
) STRICT;

CREATE TABLE tellings (
  telling INTEGER PRIMARY KEY,
  mark INTEGER NOT NULL UNIQUE,
  document INTEGER,
  features BLOB NOT NULL,
  component INTEGER NOT NULL, story INTEGER NOT NULL
) STRICT;
CREATE INDEX tellings_by_component ON tellings (component);
CREATE INDEX tellings_by_story ON tellings (story);
CREATE INDEX tellings_to_mend ON tellings (telling) WHERE document IS NULL;

CREATE TABLE telling_keys (
  key INTEGER NOT NULL, first_day INTEGER NOT NULL, telling INTEGER NOT NULL,
  PRIMARY KEY (key, first_day, telling)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
  document INTEGER NOT NULL, event INTEGER NOT NULL,
  telling INTEGER NOT NULL, name INTEGER NOT NULL,
  PRIMARY KEY (document, event),
  FOREIGN KEY (document, event) REFERENCES events ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX reports_by_telling ON reports (telling);
CREATE INDEX reports_by_name ON reports (name);

CREATE TABLE stories (
  story INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  date TEXT, type TEXT NOT NULL, status TEXT NOT NULL,
  first_report TEXT, last_report TEXT, n_reports INTEGER NOT NULL, n_sources INTEGER NOT NULL,
  document INTEGER NOT NULL
) STRICT;
CREATE INDEX stories_by_document ON stories (document);
CREATE INDEX stories_by_date ON stories (date IS NULL, date, id);

CREATE TABLE threads (
  document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
  storyline INTEGER NOT NULL, name INTEGER NOT NULL, day TEXT
) STRICT;
CREATE INDEX threads_by_storyline ON threads (storyline);
CREATE INDEX threads_by_name ON threads (name);

CREATE TABLE tallies (
  level INTEGER NOT NULL,
  a TEXT NOT NULL, b TEXT NOT NULL, c TEXT NOT NULL, d TEXT NOT NULL,
  events INTEGER NOT NULL, actual INTEGER NOT NULL, documents INTEGER NOT NULL, score INTEGER NOT NULL,
  PRIMARY KEY (level, a, b, c, d)
) STRICT, WITHOUT ROWID;
CREATE INDEX tallies_of_nothing ON tallies (level) WHERE events = 0;
CREATE INDEX events_of_several_months ON events (first_day) WHERE substr(first_day, 1, 7) <> substr(last_day, 1, 7);

CREATE TABLE instrument_names (
  name TEXT NOT NULL, document INTEGER NOT NULL, instrument INTEGER NOT NULL,
  PRIMARY KEY (name, document, instrument),
  FOREIGN KEY (document, instrument) REFERENCES instruments ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX instrument_names_by_document ON instrument_names (document, instrument);

CREATE TABLE corrections (
  correction INTEGER PRIMARY KEY,
  document TEXT NOT NULL, trigger_begin INTEGER NOT NULL, trigger_end INTEGER NOT NULL, type TEXT NOT NULL,
  action TEXT NOT NULL, changes TEXT NOT NULL, author TEXT NOT NULL, note TEXT NOT NULL, time TEXT NOT NULL
) STRICT;
CREATE INDEX corrections_by_document ON corrections (document);
)sql";

// Added by version 4: who takes part, each once, by which participants are found. Words are put into their index at the
// end of a transaction: with a trigger, each sentence would be written to it by itself, since SQLite opens a savepoint
// for a statement with a trigger and the index then keeps nothing in memory. It is written in larger pieces (bytes kept
// in memory, pieces of one size before they are merged).
constexpr const char* kVersion4 = R"sql(
CREATE TABLE parties (
  party INTEGER PRIMARY KEY,
  name TEXT NOT NULL, country TEXT NOT NULL, folded TEXT NOT NULL,
  UNIQUE (name, country)
) STRICT;
CREATE INDEX parties_by_country ON parties (country);

CREATE TABLE party_words (
  word TEXT NOT NULL, party INTEGER NOT NULL,
  PRIMARY KEY (word, party)
) STRICT, WITHOUT ROWID;

ALTER TABLE participants ADD COLUMN party INTEGER REFERENCES parties;
DROP INDEX participants_by_country;
DROP TRIGGER sentences_added;
CREATE INDEX participants_by_party ON participants (party, role);
DROP INDEX events_by_day;
CREATE INDEX events_by_day ON events (first_day, last_day);
DROP INDEX events_of_several_months;
CREATE INDEX events_of_several_months ON events (last_day, first_day)
  WHERE substr(first_day, 1, 7) <> substr(last_day, 1, 7);

INSERT INTO sentence_words (sentence_words, rank) VALUES ('hashsize', 16777216);
INSERT INTO sentence_words (sentence_words, rank) VALUES ('automerge', 8);
)sql";

// Added by version 5: counts in one row for each value of a level's keys, and what listings by day walk along.
constexpr const char* kVersion5 = R"sql(
DROP TABLE tallies;
CREATE TABLE tallies (
  level INTEGER NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL, cells BLOB NOT NULL,
  PRIMARY KEY (level, a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX tallies_of_nothing ON tallies (level) WHERE cells = x'';

ALTER TABLE statements ADD COLUMN day TEXT;
CREATE INDEX statements_by_day ON statements (day);
CREATE INDEX documents_by_day ON documents (published, id);

CREATE TABLE unthreaded (
  day TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
)sql";

// Added by version 6: what a listing of events walks along holds all that filters look at and the row of the sentence,
// so that events that are not let through are not looked up; ids of documents are found without their records; and
// events of several months, which are in no kept count of a month, stand together with all that they are counted by.
constexpr const char* kVersion6 = R"sql(
DROP INDEX events_by_day;
ALTER TABLE events ADD COLUMN sentence_row INTEGER;
UPDATE events SET sentence_row =
  (SELECT s.sentence FROM sentences s WHERE s.document = events.document AND s.ordinal = events.sentence);
CREATE INDEX events_by_day
  ON events (first_day, last_day, type, status, historical, confidence, score, sentence_row);
CREATE INDEX events_by_confidence ON events (confidence) WHERE confidence >= 0.9;
CREATE INDEX events_by_score ON events (score) WHERE score <= -8;
DROP INDEX events_of_several_months;
CREATE INDEX documents_by_number ON documents (document, id);

CREATE TABLE tally_parts (
  level INTEGER NOT NULL, part INTEGER NOT NULL, large INTEGER NOT NULL, rows BLOB NOT NULL,
  PRIMARY KEY (level, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE spans (
  over_years INTEGER NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL,
  document INTEGER NOT NULL, event INTEGER NOT NULL,
  type TEXT NOT NULL, status TEXT NOT NULL, historical INTEGER NOT NULL, quad TEXT NOT NULL, score INTEGER NOT NULL,
  actors TEXT NOT NULL, recipients TEXT NOT NULL, spots TEXT NOT NULL,
  PRIMARY KEY (over_years, first_day, last_day, document, event)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER spans_removed AFTER DELETE ON events WHEN substr(old.first_day, 1, 7) <> substr(old.last_day, 1, 7) BEGIN
  DELETE FROM spans WHERE over_years = (substr(old.first_day, 1, 4) <> substr(old.last_day, 1, 4))
    AND first_day = old.first_day AND last_day = old.last_day AND document = old.document AND event = old.ordinal;
END;
)sql";

// Added by version 7: what filters and counts look at of a document's events, in one piece.
constexpr const char* kVersion7 = R"sql(
CREATE TABLE event_cells (
  document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
  cells BLOB NOT NULL
) STRICT;
)sql";

// Added by version 8: a storyline in one row, and each story's place in its own, so that neither a page of storylines
// nor a part of a long one needs the rest to be read; positions in the order in which they are told; an
// instrument of many documents in one row.
constexpr const char* kVersion8 = R"sql(
ALTER TABLE stories ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE stories ADD COLUMN storyline INTEGER;
CREATE INDEX stories_by_storyline ON stories (storyline, place);

CREATE TABLE story_cells (
  document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
  stories BLOB NOT NULL
) STRICT;

CREATE TABLE storylines (
  storyline INTEGER PRIMARY KEY,
  name INTEGER NOT NULL, first_day TEXT, last_day TEXT, events_from INTEGER, events_to INTEGER,
  n_documents INTEGER NOT NULL, n_stories INTEGER NOT NULL,
  countries TEXT NOT NULL, issues TEXT NOT NULL
) STRICT;
CREATE INDEX storylines_by_day ON storylines (last_day IS NULL, last_day DESC, name);

CREATE TABLE changed_storylines (
  storyline INTEGER PRIMARY KEY
) STRICT;

ALTER TABLE statements ADD COLUMN speaker_folded TEXT;
UPDATE statements SET speaker_folded =
  (SELECT folded FROM entities n WHERE n.document = statements.document AND n.ordinal = statements.speaker);
DROP INDEX statements_by_day;
CREATE INDEX statements_by_day ON statements (day, speaker_country, speaker_folded);

ALTER TABLE positions ADD COLUMN country TEXT;
ALTER TABLE positions ADD COLUMN folded TEXT;
ALTER TABLE positions ADD COLUMN cell TEXT;
ALTER TABLE positions ADD COLUMN place TEXT;
CREATE INDEX positions_by_cell ON positions (cell, place, stance, issue, country, folded);

CREATE TABLE histories (
  history INTEGER PRIMARY KEY,
  name INTEGER NOT NULL, place TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, number TEXT,
  owner TEXT, owner_country TEXT, owner_folded TEXT, aliases TEXT,
  first_day TEXT, last_day TEXT, steps_from TEXT, steps_to TEXT, state TEXT, steps TEXT NOT NULL, words TEXT NOT NULL,
  n_reports INTEGER NOT NULL, n_steps INTEGER NOT NULL
) STRICT;
CREATE INDEX histories_by_place ON histories (place);
CREATE INDEX histories_by_reports ON histories (-n_reports, place);

CREATE TABLE history_members (
  document INTEGER NOT NULL, instrument INTEGER NOT NULL,
  history INTEGER NOT NULL, name INTEGER NOT NULL,
  PRIMARY KEY (document, instrument),
  FOREIGN KEY (document, instrument) REFERENCES instruments ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX history_members_by_history ON history_members (history);
CREATE INDEX history_members_by_name ON history_members (name);

CREATE TABLE changed_histories (
  history INTEGER PRIMARY KEY
) STRICT;
)sql";

// Added by version 9: which days a document's events cover; story_cells tell the dates of stories, too.
constexpr const char* kVersion9 = R"sql(
ALTER TABLE event_cells ADD COLUMN first_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event_cells ADD COLUMN last_day INTEGER NOT NULL DEFAULT 0;
)sql";

// Added by version 10: the publisher of a document's events; event_cells tell their modes and places, too, story_cells
// in how many reports and sources a story was told, and so does the index by which stories are listed.
constexpr const char* kVersion10 = R"sql(
ALTER TABLE event_cells ADD COLUMN publisher TEXT;

CREATE TABLE spots (
  spot INTEGER PRIMARY KEY,
  place TEXT NOT NULL UNIQUE
) STRICT;

DROP INDEX stories_by_date;
CREATE INDEX stories_by_date ON stories (date IS NULL, date, id, n_reports, n_sources);
)sql";

}  // namespace

const char* tables_of_version_10() { return kVersion10; }
const char* tables_of_version_9() { return kVersion9; }
const char* tables_of_version_8() { return kVersion8; }
const char* tables_of_version_7() { return kVersion7; }
const char* tables_of_version_6() { return kVersion6; }
const char* tables_of_version_5() { return kVersion5; }
const char* tables_of_version_4() { return kVersion4; }
const char* tables_of_version_2() { return kVersion2; }
const char* tables_of_version_3() { return kVersion3; }

namespace {

void make(Database& database) {
  // Beside the log, readers see whole documents only; NORMAL loses at most the last documents on power loss,
  // never the store. Cannot be set within a transaction.
  database.run("PRAGMA journal_mode = WAL");
  Transaction transaction(database);
  if (database.integer("SELECT count(*) FROM sqlite_schema") == 0) {  // else another program was faster
    database.run(kTables);
    database.run(kVersion2);
    database.run(kVersion3);
    database.run(kVersion4);
    database.run(kVersion5);
    database.run(kVersion6);
    database.run(kVersion7);
    database.run(kVersion8);
    database.run(kVersion9);
    database.run(kVersion10);
    database.run(("PRAGMA application_id = " + std::to_string(kApplicationId)).c_str());
    database.run(("PRAGMA user_version = " + std::to_string(kSchemaVersion)).c_str());
  }
  transaction.commit();
}

}  // namespace

void need_version(Database& database, int64_t version) {
  const int64_t has = database.integer("PRAGMA user_version");
  if (has >= version) return;
  throw Failure({ErrorCode::kStore,
                 "is of store version " + std::to_string(has) + ", this needs version " + std::to_string(version) +
                     "; bring it up to date (a copy is kept) with: dragoman check --upgrade " + database.path(),
                 database.path()});
}

void prepare(Database& database, Database::Mode mode) {
  const auto wrong = [&](const std::string& message) { throw Failure({ErrorCode::kStore, message, database.path()}); };
  const int64_t application = database.integer("PRAGMA application_id");
  const bool blank = application == 0 && database.integer("SELECT count(*) FROM sqlite_schema") == 0;
  if (blank && mode == Database::Mode::kRead) wrong("is an empty file, no store; fill it with: dragoman read --store");
  if (!blank && application != kApplicationId) wrong("is an SQLite file of another program, no Dragoman store");
  if (blank) make(database);
  const int64_t version = database.integer("PRAGMA user_version");
  if (version > kSchemaVersion) {
    wrong("was made by a newer Dragoman (store version " + std::to_string(version) + ", this program knows " +
          std::to_string(kSchemaVersion) + "); use that program or a newer one");
  }
  if (version < 1) wrong("is damaged: it has no store version");
  database.run("PRAGMA synchronous = NORMAL");
  // Pages in memory (KiB if negative), and pages of log before they are copied into the file: each copying waits
  // for the disk, and at SQLite's own 1,000 pages (some 30 documents) would do so all the time. A writer into a store
  // of a million events changes pages all over its indexes, many of them again with the next documents.
  database.run(mode == Database::Mode::kWrite ? "PRAGMA cache_size = -262144" : "PRAGMA cache_size = -65536");
  database.run("PRAGMA wal_autocheckpoint = 32000");
  database.run("PRAGMA foreign_keys = ON");
  if (version < kSchemaVersion && mode == Database::Mode::kWrite) migrate(database);
}

}  // namespace dragoman::store
