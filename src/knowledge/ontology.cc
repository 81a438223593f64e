// SPDX-License-Identifier: Apache-2.0
#include "knowledge/ontology.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

#include <simdjson.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "dragoman/error.h"
#include "knowledge/table.h"

namespace dragoman::knowledge {
namespace {

namespace dom = simdjson::dom;

[[noreturn]] void fail(const std::string& message, const std::string& place) {
  throw Failure({ErrorCode::kKnowledge, message, place});
}

std::string must_read(const std::string& path) {
  Result<std::string> text = base::read_file(path);
  if (!text) fail(text.error().message, path);
  return std::move(*text);
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// The manual's definitions still hold some TeX.
std::string plain(std::string_view tex) {
  std::string text(tex);
  for (const char* section : {"\\ref{ssec:special}", "\\ref{sec:recip}"})
    text = replaced(text, section, "of the manual");
  text = replaced(text, "\\ldots", "…");
  text = replaced(text, "$+$", "+");
  text = replaced(text, "\\$", "USD ");
  text = replaced(text, "$context.$", "context.");
  return replaced(text, "Section of the manual", "a section of the manual");
}

std::string string_of(const dom::element& value) {
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

std::string field(const dom::element& object, const char* name) {
  dom::element value;
  return object[name].get(value) == simdjson::SUCCESS ? string_of(value) : std::string();
}

double number(const dom::element& object, const char* name) {
  double value = 0;
  return object[name].get(value) == simdjson::SUCCESS ? value : 0;
}

std::string quad_name(std::string text) {
  text = base::lower_ascii(text);
  return replaced(text, " ", "-");
}

TypeEntry type_entry(const dom::element& source) {
  TypeEntry entry;
  entry.definition = plain(field(source, "definition"));
  entry.quad = quad_name(field(source, "quad_in_section"));
  entry.score = number(source, "score");
  for (const dom::element mode : source["modes"]) {
    entry.modes.push_back({field(mode, "name"), plain(field(mode, "definition")), number(mode, "score")});
  }
  for (const dom::element rule : source["disambiguation_rules"]) entry.rules.push_back(plain(string_of(rule)));
  return entry;
}

std::vector<std::string> names_of(const dom::element& list, const char* name) {
  std::vector<std::string> names;
  for (const dom::element item : list) names.push_back(field(item, name));
  std::sort(names.begin(), names.end());
  return names;
}

// "08 (080-083)": "CONCEDE", "09": "ACCUSE (mode investigate)" → the types that a root may be.
std::multimap<std::string, std::string> root_types(const dom::element& cameo) {
  std::multimap<std::string, std::string> types;
  dom::object roots = cameo["root_to_plover"];
  for (const auto& [root, type] : roots) {
    const std::string name = string_of(type);
    if (!name.empty()) types.emplace(std::string(root.substr(0, 2)), name.substr(0, name.find(' ')));
  }
  return types;
}

// The first type is that of PLOVER's own row for the code, if there is one; then those of its root.
CameoCode cameo_code(const dom::element& source, const std::multimap<std::string, std::string>& roots) {
  CameoCode code{
      field(source, "code"), field(source, "name"), field(source, "root"), {}, {}, number(source, "icews_goldstein")};
  dom::element plover;
  if (source["plover"].get(plover) == simdjson::SUCCESS && plover.is_object()) {
    code.types.push_back(field(plover, "event"));
    for (const dom::element context : plover["context"]) code.contexts.push_back(string_of(context));
  }
  const auto [first, last] = roots.equal_range(code.root);
  for (auto root = first; root != last; ++root) code.types.push_back(root->second);
  return code;
}

// "| text | decision |" → its two cells; none for other lines, for the header and the line below it.
std::vector<std::string> table_row(std::string_view line) {
  line = base::trim(line);
  if (line.size() < 2 || line.front() != '|' || line.find("---") != std::string_view::npos) return {};
  std::vector<std::string> cells;
  for (std::string_view cell : base::split(line.substr(1, line.size() - 2), '|')) cells.emplace_back(base::trim(cell));
  return cells.size() == 2 ? cells : std::vector<std::string>{};
}

bool names_type(std::string_view text, std::string_view type) {
  for (size_t at = text.find(type); at != std::string_view::npos; at = text.find(type, at + 1)) {
    const size_t end = at + type.size();
    if (end == text.size() || !base::is_ascii_upper(text[end])) return true;
  }
  return false;
}

template <class List>
bool holds(const List& sorted, std::string_view name) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

}  // namespace

Ontology Ontology::load(const std::string& folder) {
  Ontology out;
  const std::string path = folder + "/ontology.json";
  const std::string text = must_read(path);
  const std::string codebook = must_read(folder + "/CODEBOOK.md");
  dom::parser parser;
  dom::element root;
  if (const auto error = parser.parse(text).get(root)) fail(simdjson::error_message(error), path);
  try {
    const dom::element plover = root["plover"];
    out.version_ = "PLOVER " + field(plover, "version");
    std::array<bool, kEventTypes> seen{};
    for (const dom::element source : plover["event_types"]) {
      const auto type = event_type_from(field(source, "name"));
      if (!type) fail("no such event type: " + field(source, "name"), path);
      out.types_[static_cast<size_t>(*type)] = type_entry(source);
      seen[static_cast<size_t>(*type)] = true;
    }
    if (!std::all_of(seen.begin(), seen.end(), [](bool s) { return s; })) fail("an event type is missing", path);
    out.contexts_ = names_of(plover["contexts"], "name");
    out.sectors_ = names_of(plover["sectors"], "code");
    const auto roots = root_types(root["cameo"]);
    for (const dom::element code : root["cameo"]["codes"]) out.cameo_.push_back(cameo_code(code, roots));
  } catch (const simdjson::simdjson_error& error) {
    fail(error.what(), path);
  }
  std::sort(out.cameo_.begin(), out.cameo_.end(), [](const auto& a, const auto& b) { return a.code < b.code; });

  const std::string decisions = must_read(folder + "/decisions.tsv");
  const Table table(folder + "/decisions.tsv", decisions, {"key", "value", "reason"});
  for (size_t row = 0; row < table.rows(); ++row) {
    const std::string_view key = table.field(row, table.column("key"));
    const std::string value(table.field(row, table.column("value")));
    const std::string name(key.substr(std::min(key.size(), key.find(' ') + 1)));
    if (key.starts_with("cameo ")) {
      const auto code =
          std::find_if(out.cameo_.begin(), out.cameo_.end(), [&](const auto& c) { return c.code == name; });
      if (code == out.cameo_.end() || !event_type_from(value)) table.fail(row, "no such code or type");
      code->types.insert(code->types.begin(), value);
      continue;
    }
    const auto type = event_type_from(name);
    if (!type) table.fail(row, "the key must be 'quad TYPE', 'score TYPE' or 'cameo CODE'");
    TypeEntry& entry = out.types_[static_cast<size_t>(*type)];
    if (key.starts_with("quad ")) entry.quad = value;
    if (key.starts_with("score ")) entry.score = std::strtod(value.c_str(), nullptr);
  }
  for (std::string_view line : base::split(codebook, '\n')) {
    const std::vector<std::string> cells = table_row(line);
    for (int t = 0; t < kEventTypes && !cells.empty(); ++t) {
      if (!names_type(cells[0] + " " + cells[1], to_string(static_cast<EventType>(t)))) continue;
      out.types_[static_cast<size_t>(t)].cases.push_back(cells[0] + ": " + cells[1]);
    }
  }
  const std::string issues = must_read(folder + "/issues.tsv");
  const Table keys(folder + "/issues.tsv", issues, {"key", "label"});
  for (size_t row = 0; row < keys.rows(); ++row) out.issues_.emplace_back(keys.field(row, keys.column("key")));
  std::sort(out.issues_.begin(), out.issues_.end());
  out.hash_ = base::sha256_hex(text + codebook + decisions + issues);
  return out;
}

double Ontology::score(EventType type, const std::vector<std::string>& modes) const {
  const TypeEntry& of = entry(type);
  double score = 0;
  bool found = false;
  for (const Mode& mode : of.modes) {
    if (std::find(modes.begin(), modes.end(), mode.name) == modes.end()) continue;
    if (!found || std::abs(mode.score) > std::abs(score)) score = mode.score;
    found = true;
  }
  return found ? score : of.score;
}

std::string Ontology::paragraph(EventType type) const {
  const TypeEntry& of = entry(type);
  std::string text = std::string(to_string(type)) + ": " + of.definition + "\n";
  for (const std::string& rule : of.rules) text += "- " + rule + "\n";
  for (const std::string& decided : of.cases) text += "- codebook: " + decided + "\n";
  return text;
}

bool Ontology::has_mode(EventType type, std::string_view mode) const {
  const auto& modes = entry(type).modes;
  return std::any_of(modes.begin(), modes.end(), [&](const Mode& m) { return m.name == mode; });
}

bool Ontology::has_context(std::string_view context) const { return holds(contexts_, context); }
bool Ontology::has_sector(std::string_view sector) const { return holds(sectors_, sector); }
bool Ontology::has_issue(std::string_view key) const { return holds(issues_, key); }

const CameoCode* Ontology::cameo(std::string_view code) const {
  const auto at = std::lower_bound(cameo_.begin(), cameo_.end(), code,
                                   [](const CameoCode& c, std::string_view key) { return c.code < key; });
  return at != cameo_.end() && at->code == code ? &*at : nullptr;
}

bool Ontology::cameo_fits(std::string_view code, EventType type) const {
  const CameoCode* known = cameo(code);
  return known != nullptr && std::find(known->types.begin(), known->types.end(), to_string(type)) != known->types.end();
}

}  // namespace dragoman::knowledge
