// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>

#include "command.h"
#include "listing.h"
#include "output.h"
#include "table.h"

namespace dragoman::cli {
namespace {

struct Options {
  std::string store;
  std::string format = "table";
  CountQuery query;
};

std::string mean(double score) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", score);
  return text;
}

std::vector<std::string> cells(const CountRow& row) {
  std::vector<std::string> cells;
  for (const std::string& key : row.keys) cells.push_back(key.empty() ? "-" : key);
  for (const uint64_t number : {row.events, row.actual, row.documents}) cells.push_back(std::to_string(number));
  cells.push_back(mean(row.score));
  return cells;
}

Grid grid_of(const std::vector<std::string>& by) {
  std::vector<std::string> names;
  std::transform(by.begin(), by.end(), std::back_inserter(names), capitals);
  names.insert(names.end(), {"EVENTS", "ACTUAL", "DOCUMENTS", "SCORE"});
  return Grid(names, by.size());
}

int run(const Options& options) {
  const CountQuery& query = options.query;
  if (const auto fault = fault_of(query)) throw Misuse("--" + fault->describe());
  const Store store = Store::open(options.store, Store::Mode::kRead);
  if (options.format == "table") {
    Grid grid = grid_of(query.by);
    store.count(query, [&](const CountRow& row) { grid.add(cells(row)); });
    grid.finish("no events");
  } else if (options.format == "csv") {
    print(counts_csv_header(query.by) + "\r\n");
    store.count(query, [](const CountRow& row) { print(to_csv(row) + "\r\n"); });
  } else {
    store.count(query, [&](const CountRow& row) { print_line(to_json(row, query.by)); });
  }
  finish_output();
  return 0;
}

constexpr const char* kExamples = R"(Examples:
  dragoman count news.db --by actor,month,type                 who did what in which month
  dragoman count news.db --by actor,recipient --largest --limit 20
  dragoman count news.db --by year,status --type ASSAULT --format csv
)";

}  // namespace

Run declare_count(CLI::App& parser) { return declare_listing<Options>(parser, kExamples, run); }

}  // namespace dragoman::cli
