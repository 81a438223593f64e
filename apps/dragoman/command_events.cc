// SPDX-License-Identifier: Apache-2.0
#include "command.h"
#include "listing.h"
#include "output.h"
#include "table.h"

namespace dragoman::cli {
namespace {

struct Options {
  std::string store;
  std::string format = "table";
  EventQuery query;
};

void add(Table& table, const EventRow& row) {
  const std::string arrow = row.recipients.empty() ? "" : (row.actors.empty() ? "→ " : " → ") + row.recipients;
  table.add({short_id(row.id), row.date.empty() ? "-" : row.date, row.type,
             row.status + (row.historical ? ", past" : ""), row.actors + arrow},
            row.sentence, row.trigger);
}

int run(const Options& options) {
  const EventQuery& query = options.query;
  if (const auto fault = fault_of(query)) throw Misuse("--" + fault->describe());
  const Store store = Store::open(options.store, Store::Mode::kRead);
  if (options.format == "table") {
    Table table({"ID", "DATE", "TYPE", "STATUS", "WHO → WHOM", "EVIDENCE"}, 4, "no events");
    store.events(query, [&](const EventRow& row) { add(table, row); });
    table.finish();
  } else if (options.format == "csv") {
    print(csv_header() + "\r\n");
    store.events(query, [](const EventRow& row) { print(to_csv(row) + "\r\n"); });
  } else {
    store.events(query, [](const EventRow& row) { print_line(to_json(row)); });
  }
  finish_output();
  return 0;
}

constexpr const char* kExamples = R"(Examples:
  dragoman events news.db                                      everything, by date
  dragoman events news.db --type ASSAULT --from 2024-05        attacks since May 2024
  dragoman events news.db --actor CHN --recipient "United States"
  dragoman events news.db --text "arms deliver*" --status future
  dragoman events news.db --format csv > events.csv            for a spreadsheet
)";

}  // namespace

Run declare_events(CLI::App& parser) { return declare_listing<Options>(parser, kExamples, run); }

}  // namespace dragoman::cli
