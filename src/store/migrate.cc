// SPDX-License-Identifier: Apache-2.0
// What newer tables hold is in the records that the older store kept, so it is filled from them.
#include "store/migrate.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "dragoman/record.h"
#include "store/days.h"
#include "store/event_cells.h"
#include "store/histories.h"
#include "store/instrument_names.h"
#include "store/links.h"
#include "store/parties.h"
#include "store/position_places.h"
#include "store/schema.h"
#include "store/spans.h"
#include "store/story_cells.h"
#include "store/tallies.h"

namespace dragoman::store {
namespace {

namespace fs = std::filesystem;

/// Removes what programs that were killed have left of such copies.
void remove_parts(const fs::path& name) {
  const std::string begin = name.filename().string() + ".";
  constexpr std::string_view kEnd = ".part", kJournal = "-journal";
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(name.has_parent_path() ? name.parent_path() : ".", error)) {
    std::string file = entry.path().filename().string();
    if (file.ends_with(kJournal)) file.resize(file.size() - kJournal.size());
    if (!file.starts_with(begin) || !file.ends_with(kEnd) || file.size() <= begin.size() + kEnd.size()) continue;
    const std::string number = file.substr(begin.size(), file.size() - begin.size() - kEnd.size());
    const int process = std::atoi(number.c_str());
    if (process > 0 && kill(process, 0) != 0 && errno == ESRCH) fs::remove(entry.path(), error);
  }
}

/// A whole copy under a name that is free. It gets its name when it is whole: what a killed program leaves is not
/// taken for a copy. Until then it has the program's number in its name: two may upgrade one store at once.
void copy(Database& database, int64_t version) {
  const std::string name = database.path() + ".version" + std::to_string(version);
  remove_parts(name);
  const std::string part = name + "." + std::to_string(getpid()) + ".part";
  std::error_code error;
  fs::remove(part, error);
  database.query("VACUUM INTO ?").bind(part).run();
  std::string free = name;
  for (int i = 2; fs::exists(free); ++i) free = name + "-" + std::to_string(i);
  fs::rename(part, free, error);
  if (error)
    throw Failure({ErrorCode::kStore, "cannot keep a copy as " + free + ": " + error.message(), database.path()});
}

/// Of version 3. From version 1: what points from one part of a record to another; always: names of instruments. All
/// documents are to be joined.
void fill(Database& database, int64_t version) {
  Links links(database);
  InstrumentNames names(database);
  Query days = database.query("UPDATE statements SET first_day = ?, last_day = ? WHERE document = ? AND ordinal = ?");
  Query documents = database.query("SELECT document, id, record FROM documents ORDER BY document");
  while (documents.step()) {
    const int64_t document = documents.integer(0);
    const auto record = record_from_json(documents.text(2));
    if (!record) {
      throw Failure({ErrorCode::kStore,
                     "cannot be brought up to date, the record of " + documents.text(1) + " is damaged (" +
                         record.error().describe() + ")",
                     database.path()});
    }
    names.insert(*record, document);
    names.write();
    if (version > 1) continue;
    links.insert(*record, document, sketch_of(record->article.text));
    links.write();
    for (size_t i = 0; i < record->statements.size(); ++i) {
      const auto& date = record->statements[i].date;
      const auto covered = date ? days_of(date->value) : std::nullopt;
      if (!covered) continue;
      days.bind(covered->first).bind(covered->second).bind(document).bind(static_cast<int64_t>(i) + 1).run();
    }
  }
  database.run("INSERT INTO unjoined SELECT document FROM documents");
}

/// Acts are joined by other words than before version 9: all documents wait to be joined again, as if just put.
void unjoin_all(Database& database) {
  for (const char* table : {"reports", "tellings", "telling_keys", "stories", "story_cells", "storylines",
                            "changed_storylines", "threads", "unthreaded", "document_words"}) {
    database.run((std::string("DELETE FROM ") + table).c_str());
  }
  database.run("INSERT OR IGNORE INTO unjoined SELECT document FROM documents");
}

}  // namespace

void migrate(Database& database) {
  const int64_t version = database.integer("PRAGMA user_version");
  copy(database, version);
  Transaction transaction(database);
  const int64_t now = database.integer("PRAGMA user_version");  // newer where another program was faster
  if (now < kSchemaVersion) {
    if (now < 2) database.run(tables_of_version_2());
    if (now < 3) {
      database.run(tables_of_version_3());
      fill(database, now);
    }
    if (now < 4) {
      database.run(tables_of_version_4());
      fill_parties(database);
    }
    if (now < 5) {
      database.run(tables_of_version_5());
      database.run(
          "UPDATE statements SET day = coalesce(first_day, (SELECT substr(published, 1, 10) FROM documents d WHERE "
          "d.document = statements.document))");
    }
    if (now < 6) {
      database.run(tables_of_version_6());
      if (now < 5) tally_all(database);
      fill_spans(database);
    }
    if (now < 7) database.run(tables_of_version_7());
    if (now < 8) database.run(tables_of_version_8());
    if (now < 9) database.run(tables_of_version_9());
    database.run(tables_of_version_10());
    fill_cells(database);
    if (now < 8) {
      PositionPlaces::fill_all(database);
      database.run("INSERT INTO changed_histories VALUES (0)");
      tell_changed_histories(database);
    }
    if (now < 9) {
      unjoin_all(database);
    } else {
      StoryCells(database).write_all();
    }
    database.run(("PRAGMA user_version = " + std::to_string(kSchemaVersion)).c_str());
  }
  transaction.commit();
}

}  // namespace dragoman::store
