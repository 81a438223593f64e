// SPDX-License-Identifier: Apache-2.0
// drawn_check FOLDER [--errors]
//   How many of the cases of FOLDER (tests/drawn, see its FORMAT.md) are answered rightly: actors.tsv and leaders.tsv
//   by the knowledge of this build, dates.tsv and quantities.tsv by the readers of dates and of quantities. With
//   --errors each wrong one with what was wanted and what came.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <functional>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "base/files.h"
#include "base/text.h"
#include "coding/dates.h"
#include "coding/quantities.h"
#include "dragoman/almanac.h"

namespace {

using namespace dragoman;  // NOLINT: one small program

using Cells = std::vector<std::string>;

bool one_of(const std::string& list, const std::string& what) {
  const auto all = base::split(list, ',');
  return std::find(all.begin(), all.end(), what.empty() ? "-" : what) != all.end();
}

// A state that acts is its government here; the sets mean the state alone where they tell no sector.
std::string actor_fault(const Almanac& almanac, const Cells& cells) {
  const auto known = almanac.look_up(cells[0], cells[1]);
  if (!known) return known.error().describe();
  const Entity actor = known->actor.value_or(Entity{});
  const std::string sector = actor.sectors.empty() ? "" : actor.sectors.front();
  if (actor.country == cells[2] && one_of(cells[3], sector)) return "";
  return actor.country + " " + (sector.empty() ? "-" : sector) + " (" + actor.name + ")";
}

// "!president": the person no longer holds, or does not yet hold, such an office.
std::string leader_fault(const Almanac& almanac, const Cells& cells) {
  const auto known = almanac.look_up(cells[0], cells[1]);
  if (!known) return known.error().describe();
  const bool wanted = cells[3][0] != '!';
  std::string office = cells[3].substr(wanted ? 0 : 1), seen;
  std::replace(office.begin(), office.end(), ',', '|');
  const std::regex words("\\b(" + office + ")\\b");
  bool holds = false;
  for (const KnownReading& reading : known->readings)
    for (const KnownRow& row : reading.rows) {
      if (reading.kind != "person") continue;
      seen.append(row.state).append(" ").append(row.country).append(" ").append(row.office).append("; ");
      const bool deputy =
          row.office.find("vice") != std::string::npos || row.office.find("deputy") != std::string::npos;
      holds =
          holds || (row.state == "holds" && row.country == cells[2] && !deputy && std::regex_search(row.office, words));
    }
  if (!seen.empty() && holds == wanted) return "";
  return seen.empty() ? "nobody" : seen;
}

std::string dates_fault(const coding::DateReader& reader, const Cells& cells) {
  const Date published{cells[0], Precision::kDay, "argument", {}};
  const auto day = coding::day_of(published);
  std::vector<std::string> seen;
  for (const auto& found : reader.find(cells[2], {{0, static_cast<uint32_t>(cells[2].size())}}, published)) {
    auto date = found.date;
    if (cells[1] == "future" || !date) date = coding::resolve(found, day, cells[1] == "future", day);
    if (date) seen.push_back(date->value);
  }
  const std::string all = base::join(seen, "; ");
  return all == cells[3] ? "" : all.empty() ? "no date" : all;
}

std::string number(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.15g", value);
  return text;
}

std::string told(const Quantity& quantity) {
  if (quantity.kind == QuantityKind::kVote) {
    std::string votes;
    for (const auto& count : {quantity.votes_for, quantity.votes_against, quantity.votes_abstaining})
      if (count) votes.append(votes.empty() ? "" : "-").append(std::to_string(*count));
    return votes.empty() && quantity.value ? number(*quantity.value) : votes;
  }
  std::string text = quantity.value ? number(*quantity.value) : "-";
  if (quantity.value && quantity.range)
    text += " [" + number(quantity.range->first) + ".." + number(quantity.range->second) + "]";
  return quantity.kind == QuantityKind::kMoney ? text + " " + quantity.unit : text;
}

std::string quantities_fault(const coding::QuantityReader& reader, const coding::DateReader& dates,
                             const Cells& cells) {
  const std::string& text = cells[0];
  const std::vector<Span> sentence = {{0, static_cast<uint32_t>(text.size())}};
  std::vector<Span> dated;
  for (const auto& date : dates.find(text, sentence, std::nullopt)) dated.push_back(date.span);
  const std::string all = cells.size() > 1 ? cells[1] : "";
  std::vector<std::string> wanted, seen;
  if (!all.empty())
    for (size_t at = 0; at <= all.size();) {
      const size_t end = std::min(all.find("; ", at), all.size());
      wanted.push_back(all.substr(at, end - at));
      at = end + 2;
    }
  bool right = true;
  for (const auto& found : reader.find_all(text, sentence, dated, {})) {
    if (found.ordinal || found.year || found.age) continue;
    const std::string kind = to_string(found.quantity.kind), value = told(found.quantity);
    const std::string want = seen.size() < wanted.size() ? wanted[seen.size()] : "";
    const size_t gap = want.find(' ');
    right = right && gap != std::string::npos && one_of(want.substr(0, gap), kind) && want.substr(gap + 1) == value;
    seen.push_back(kind + " " + value);
  }
  if (right && seen.size() == wanted.size()) return "";
  return seen.empty() ? "nothing" : base::join(seen, "; ");
}

/// False where the file is not as it must be.
bool check(const std::string& path, size_t columns, bool errors,
           const std::function<std::string(const Cells&)>& fault) {
  const auto bytes = base::read_file(path);
  if (!bytes) {
    std::fprintf(stderr, "drawn_check: %s: %s\n", path.c_str(), bytes.error().message.c_str());
    return false;
  }
  size_t all = 0, right = 0;
  bool head = true;
  for (const auto line : base::split(*bytes, '\n')) {
    if (line.empty() || line.front() == '#' || std::exchange(head, false)) continue;
    Cells cells;
    for (const auto cell : base::split(line, '\t')) cells.emplace_back(cell);
    if (cells.size() != columns) {
      std::fprintf(stderr, "drawn_check: %s: a row of %zu fields\n", path.c_str(), cells.size());
      return false;
    }
    ++all;
    const std::string wrong = fault(cells);
    right += wrong.empty();
    if (errors && !wrong.empty()) std::printf("  %s\n    %s\n", std::string(line).c_str(), wrong.c_str());
  }
  std::printf("%s: %zu of %zu, %.3f\n", path.c_str(), right, all,
              static_cast<double>(right) / static_cast<double>(std::max<size_t>(all, 1)));
  return all > 0;
}

}  // namespace

int main(int argc, char** argv) {
  const bool errors = argc == 3 && std::strcmp(argv[2], "--errors") == 0;
  if (argc != (errors ? 3 : 2)) {
    std::fprintf(stderr, "usage: drawn_check FOLDER [--errors]\n");
    return 2;
  }
  const std::string folder = argv[1], data = data_folder({});
  try {
    const Almanac almanac = Almanac::open();
    const auto dates = coding::DateReader::open(data);
    const auto quantities = coding::QuantityReader::open(data);
    bool well = check(folder + "/actors.tsv", 4, errors, [&](const Cells& row) { return actor_fault(almanac, row); });
    well &= check(folder + "/leaders.tsv", 4, errors, [&](const Cells& row) { return leader_fault(almanac, row); });
    well &= check(folder + "/dates.tsv", 4, errors, [&](const Cells& row) { return dates_fault(dates, row); });
    well &= check(folder + "/quantities.tsv", 2, errors,
                  [&](const Cells& row) { return quantities_fault(quantities, dates, row); });
    return well ? 0 : 1;
  } catch (const Failure& failure) {
    std::fprintf(stderr, "drawn_check: %s\n", failure.what());
    return 1;
  }
}
