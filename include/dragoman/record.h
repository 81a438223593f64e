// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dragoman/article.h"
#include "dragoman/error.h"
#include "dragoman/event.h"
#include "dragoman/links.h"

namespace dragoman {

/// Versions and hashes of what made a record.
struct Origin {
  std::string engine;     ///< "0.1.0"
  std::string model;      ///< "reader 1 (sha256 1a2b3c4d5e6f)"
  std::string knowledge;  ///< "sha256 1a2b3c4d5e6f"
  std::string ontology;   ///< "PLOVER 2.0 draft"
};

/// All that was found in one article: complete when made, left alone afterwards.
struct Record {
  Article article;
  std::vector<Span> sentences;
  std::vector<Entity> entities;
  std::vector<Event> events;
  std::vector<Statement> statements;
  std::vector<Quantity> quantities;
  std::vector<Instrument> instruments;
  std::vector<Position> positions;
  std::vector<TimeMention> dates;  ///< in text order
  Origin origin;
};

/// One JSON object on one line (no newline at the end) in the form of record.schema.json, offsets in
/// code points. Same record, same bytes. Added to the contract's fields: `dates`, `origin`, `scores` of events,
/// `reason` of mentions. `keep_dropped` adds document.dropped, `accounts` what lies behind each event and statement.
std::string to_json(const Record& record, bool keep_dropped = false, bool accounts = false);

/// Reads what to_json wrote: to_json(*record_from_json(json), true, true) == json. Errors: kSyntax (no JSON, another
/// schema, or a field that names or points at something that is not there).
Result<Record> record_from_json(std::string_view json);

}  // namespace dragoman
