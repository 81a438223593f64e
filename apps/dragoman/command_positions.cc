// SPDX-License-Identifier: Apache-2.0
#include "command.h"
#include "dragoman/store.h"
#include "listing.h"
#include "output.h"
#include "table.h"

namespace dragoman::cli {
namespace {

struct Options {
  std::string store;
  std::string format = "table";
  PositionQuery query;
};

void add(Table& table, const PositionRow& row) {
  const std::string first = row.evidence.substr(0, row.evidence.find(';'));
  const std::string object = row.object.empty() ? "" : " (" + row.object + ")";
  table.add({row.date.empty() ? "-" : row.date, row.before.empty() ? row.stance : row.stance + ", was " + row.before,
             row.issue, first.empty() ? "-" : short_id(first), row.actor + object},
            row.words, "");
}

int run(const Options& options) {
  if (const auto fault = fault_of(options.query)) throw Misuse("--" + fault->describe());
  const Store store = Store::open(options.store, Store::Mode::kRead);
  if (options.format == "table") {
    Table table({"DATE", "STANCE", "ISSUE", "SEE", "WHO (ON WHOM)", "WORDS"}, 4, "no positions");
    store.positions(options.query, [&](const PositionRow& row) { add(table, row); });
    table.finish();
  } else if (options.format == "csv") {
    print(positions_csv_header() + "\r\n");
    store.positions(options.query, [](const PositionRow& row) { print(to_csv(row) + "\r\n"); });
  } else {
    store.positions(options.query, [](const PositionRow& row) { print_line(to_json(row)); });
  }
  finish_output();
  return 0;
}

constexpr const char* kExamples = R"(Examples:
  dragoman positions news.db --actor CHN --issue arms-supplies    where China stood, and what tells it
  dragoman positions news.db --changes                            who changed sides
)";

}  // namespace

Run declare_positions(CLI::App& parser) { return declare_listing<Options>(parser, kExamples, run); }

}  // namespace dragoman::cli
