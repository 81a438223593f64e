// SPDX-License-Identifier: Apache-2.0
#include "exports/rows.h"

#include <algorithm>
#include <array>

#include "base/files.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "knowledge/table.h"

namespace dragoman::exports {
namespace {

std::string text_of(const std::string& path) {
  auto text = base::read_file(path);
  if (!text) throw Failure({ErrorCode::kKnowledge, text.error().message, path});
  return std::move(*text);
}

// The columns of a small table as maps from its first column.
void read_columns(const std::string& folder, const std::string& name,
                  const std::vector<std::pair<std::string_view, std::map<std::string, std::string>*>>& columns) {
  const std::string text = text_of(folder + "/" + name);
  std::vector<std::string_view> names;
  for (const auto& column : columns) names.push_back(column.first);
  const knowledge::Table table(name, text, names, names);
  for (size_t row = 0; row < table.rows(); ++row) {
    const std::string key(table.field(row, table.column(names.front())));
    for (size_t i = 1; i < columns.size(); ++i) {
      if (!columns[i].second->emplace(key, table.field(row, table.column(names[i]))).second) {
        table.fail(row, "has the key of an earlier row");
      }
    }
  }
}

}  // namespace

Terms::Terms(const std::string& data) {
  const std::string countries = text_of(data + "/actors/countries.tsv");
  const knowledge::Table table("countries.tsv", countries, {"code", "name", "cow", "kind"});
  const int code = table.column("code");
  const int cow = table.column("cow");
  for (const bool historic : {false, true}) {  // states that are no more share the code of those that followed them
    for (size_t row = 0; row < table.rows(); ++row) {
      if ((table.field(row, table.column("kind")) == "historic") != historic) continue;
      const std::string key(table.field(row, code));
      if (!names_.emplace(key, table.field(row, table.column("name"))).second) continue;
      if (!table.field(row, cow).empty()) cow_.emplace(key, table.field(row, cow));
    }
  }
  const std::string folder = data + "/exports";
  read_columns(folder, "fips.tsv", {{"code", nullptr}, {"fips", &fips_}});
  read_columns(folder, "sectors.tsv", {{"sector", nullptr}, {"icews", &icews_sectors_}, {"cameo", &cameo_roles_}});
  read_columns(folder, "roots.tsv", {{"type", nullptr}, {"cameo", &roots_}});
}

bool Terms::special(const std::string& code) {
  static constexpr std::array<const char*, 7> kCodes = {"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"};
  return std::find(kCodes.begin(), kCodes.end(), code) != kCodes.end();
}

std::vector<DyadView> dyads_of(const EventView& view) {
  std::vector<DyadView> pairs;
  const auto& actors = view.event.actors;
  const auto& recipients = view.event.recipients;
  if (recipients.empty() && actors.size() > 1) {
    for (const Participant& one : actors) {
      for (const Participant& other : actors) {
        if (&one != &other) pairs.push_back({view, &one, &other});
      }
    }
    return pairs;
  }
  std::vector<const Participant*> left;
  std::vector<const Participant*> right;
  for (const Participant& one : actors) left.push_back(&one);
  for (const Participant& one : recipients) right.push_back(&one);
  if (left.empty()) left.push_back(nullptr);
  if (right.empty()) right.push_back(nullptr);
  for (const Participant* one : left) {
    for (const Participant* other : right) pairs.push_back({view, one, other});
  }
  return pairs;
}

std::string day_of(const std::optional<Date>& date) {
  if (!date || date->precision > Precision::kDay || date->value.size() < 10) return "";
  return date->value.substr(0, 10);
}

std::string day_or_published(const EventView& view) {
  const std::string day = day_of(view.event.date);
  return day.empty() ? day_of(view.document.article().published) : day;
}

uint64_t number_of(const std::string& id) { return std::stoull(base::sha256_hex(id).substr(0, 15), nullptr, 16); }

std::string joined(const std::vector<std::string>& parts, const char* separator) {
  return base::join(parts, separator);
}

std::string decimal(double value) { return base::JsonWriter().value(value).take(); }
std::string decimal(const std::optional<double>& value) { return value ? decimal(*value) : ""; }

}  // namespace dragoman::exports
