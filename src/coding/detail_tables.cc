// SPDX-License-Identifier: Apache-2.0
#include "coding/detail_tables.h"

#include <algorithm>
#include <map>

#include "base/files.h"
#include "base/text.h"
#include "knowledge/table.h"

namespace dragoman::coding {
namespace {

using knowledge::Ontology;
using knowledge::Table;

std::string must_read(const std::string& path) {
  Result<std::string> text = base::read_file(path);
  if (!text) throw Failure({ErrorCode::kKnowledge, text.error().message, path});
  return std::move(*text);
}

EventType type_in(const Table& table, size_t row, std::string_view name) {
  const auto type = event_type_from(name);
  if (!type) table.fail(row, "no such event type: '" + std::string(name) + "'");
  return *type;
}

bool holds(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

std::vector<bool> rows_found(const Phrases& phrases, const std::vector<std::string>& terms, size_t rows) {
  std::vector<bool> found(rows, false);
  for (const uint32_t row : phrases.found_in(terms)) found[row] = true;
  return found;
}

}  // namespace

ModeTable::ModeTable(const std::string& path, const Ontology& ontology) {
  const std::string text = must_read(path);
  const Table table(path, text, {"type", "mode", "where", "words"});
  for (size_t r = 0; r < table.rows(); ++r) {
    Row row{type_in(table, r, table.field(r, table.column("type"))), std::string(table.field(r, table.column("mode")))};
    if (row.mode != "-" && !ontology.has_mode(row.type, row.mode))
      table.fail(r, "no such mode of this type: " + row.mode);
    for (std::string_view where : base::split(table.field(r, table.column("where")), ' ')) {
      if (where == "trigger")
        row.in_trigger = true;
      else if (where == "theme")
        row.in_theme = true;
      else if (where == "near")
        row.near = true;
      else
        table.fail(r, "where must be trigger, theme or near");
    }
    phrases_.add_all(table.field(r, table.column("words")), static_cast<uint32_t>(rows_.size()));
    rows_.push_back(std::move(row));
  }
}

std::vector<std::string> ModeTable::modes(EventType type, const EventWords& words) const {
  const std::vector<bool> trigger = rows_found(phrases_, words.trigger, rows_.size());
  const std::vector<bool> theme = rows_found(phrases_, words.theme, rows_.size());
  const std::vector<bool> near = rows_found(phrases_, words.near, rows_.size());
  // Only ASSAULT often has two modes (what was done, and with what).
  const size_t most = type == EventType::kAssault ? 2 : 1;
  std::vector<std::string> modes;
  for (size_t r = 0; r < rows_.size() && modes.size() < most; ++r) {
    const Row& row = rows_[r];
    if (row.type != type || holds(modes, row.mode)) continue;
    if (!(row.in_trigger && trigger[r]) && !(row.in_theme && theme[r]) && !(row.near && near[r])) continue;
    if (row.mode == "-") break;  // the row says: none
    modes.push_back(row.mode);
  }
  return modes;
}

ContextTable::ContextTable(const std::string& path, const Ontology& ontology) {
  const std::string text = must_read(path);
  const Table table(path, text, {"context", "types", "words"});
  for (size_t r = 0; r < table.rows(); ++r) {
    Row row{std::string(table.field(r, table.column("context"))), {}};
    if (!ontology.has_context(row.context)) table.fail(r, "no such context: " + row.context);
    for (std::string_view name : base::split(table.field(r, table.column("types")), ' ')) {
      if (!name.empty()) row.types.push_back(type_in(table, r, name));
    }
    phrases_.add_all(table.field(r, table.column("words")), static_cast<uint32_t>(rows_.size()));
    rows_.push_back(std::move(row));
  }
}

std::vector<std::string> ContextTable::contexts(EventType type, const std::vector<std::string>& modes,
                                                const EventWords& words) const {
  // Words of the act itself count three times, those beside it twice, the rest of the sentence once.
  std::map<std::string, int> weight;
  const auto count = [&](const std::vector<std::string>& terms, int points) {
    for (const uint32_t r : phrases_.found_in(terms)) {
      const Row& row = rows_[r];
      if (!row.types.empty() && std::find(row.types.begin(), row.types.end(), type) == row.types.end()) continue;
      weight[row.context] += points;
    }
  };
  count(words.trigger, 1);
  count(words.theme, 1);
  count(words.near, 1);
  count(words.sentence, 1);
  if (type == EventType::kCoerce && holds(modes, "cyber")) weight["cyber"] += 9;
  if (type == EventType::kCoerce && holds(modes, "misinformation")) weight["misinformation"] += 9;
  std::vector<std::pair<int, std::string>> ranked;
  for (const auto& [context, points] : weight) ranked.emplace_back(-points, context);
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> best;
  for (const auto& [points, context] : ranked) {
    if (best.size() < 2) best.push_back(context);
  }
  return best;
}

CameoTable::CameoTable(const std::string& path, const Ontology& ontology) {
  const std::string text = must_read(path);
  const Table table(path, text, {"code", "type", "mode", "context", "words"});
  for (size_t r = 0; r < table.rows(); ++r) {
    Row row;
    row.code = table.field(r, table.column("code"));
    row.type = type_in(table, r, table.field(r, table.column("type")));
    row.mode = table.field(r, table.column("mode"));
    row.context = table.field(r, table.column("context"));
    const std::string_view phrase = table.field(r, table.column("words"));
    row.words = !phrase.empty();
    if (ontology.cameo(row.code) == nullptr) table.fail(r, "no such CAMEO code: " + row.code);
    if (!ontology.cameo_fits(row.code, row.type)) table.fail(r, "CAMEO " + row.code + " is not of this type");
    if (!row.mode.empty() && !ontology.has_mode(row.type, row.mode)) table.fail(r, "no such mode: " + row.mode);
    if (!row.context.empty() && !ontology.has_context(row.context)) table.fail(r, "no such context: " + row.context);
    phrases_.add_all(phrase, static_cast<uint32_t>(rows_.size()));
    rows_.push_back(std::move(row));
  }
}

// How specific a row is for the event; -1 if it does not fit. Words weigh most: they are what the text
// says, while modes and contexts may themselves be guesses from the same words.
int CameoTable::fit(const Row& row, bool found, const std::vector<std::string>& modes,
                    const std::vector<std::string>& contexts) const {
  if (row.words && !found) return -1;
  if (!row.mode.empty() && !holds(modes, row.mode)) return -1;
  if (!row.context.empty() && !holds(contexts, row.context)) return -1;
  return (row.words ? 4 : 0) + (row.mode.empty() ? 0 : 2) + (row.context.empty() ? 0 : 1);
}

const std::string& CameoTable::code(EventType type, const std::vector<std::string>& modes,
                                    const std::vector<std::string>& contexts, const EventWords& words) const {
  std::vector<bool> found = rows_found(phrases_, words.trigger, rows_.size());
  for (const uint32_t row : phrases_.found_in(words.theme)) found[row] = true;
  int best = -1;
  const Row* chosen = nullptr;
  for (size_t r = 0; r < rows_.size(); ++r) {
    if (rows_[r].type != type) continue;
    const int here = fit(rows_[r], found[r], modes, contexts);
    if (here > best) best = here, chosen = &rows_[r];
  }
  return chosen == nullptr ? none_ : chosen->code;
}

}  // namespace dragoman::coding
