// SPDX-License-Identifier: Apache-2.0
#include "command.h"
#include "joined.h"
#include "listing.h"
#include "output.h"
#include "table.h"
#include "terminal.h"

namespace dragoman::cli {
namespace {

struct Options {
  std::string store;
  std::string format = "table";
  StoryQuery query;
};

void add(Table& table, const Story& story) {
  const std::string arrow = story.recipients.empty() ? "" : (story.actors.empty() ? "→ " : " → ") + story.recipients;
  table.add({story.id, story.date.empty() ? "-" : story.date, story.type,
             std::to_string(story.n_reports) + "/" + std::to_string(story.n_sources), story.actors + arrow},
            story.sentence, story.trigger);
}

int run(const Options& options) {
  if (const auto fault = fault_of(options.query)) throw Misuse("--" + fault->describe());
  const Store store = open_joined(options.store);
  if (options.format == "table") {
    Table table({"STORY", "DATE", "TYPE", "TOLD", "WHO → WHOM", "EVIDENCE"}, 4, "no stories");
    store.stories(options.query, [&](const Story& story) { add(table, story); });
    table.finish();
  } else if (options.format == "csv") {
    print(stories_csv_header() + "\r\n");
    store.stories(options.query, [](const Story& story) { print(to_csv(story) + "\r\n"); });
  } else {
    store.stories(options.query, [](const Story& story) { print_line(to_json(story)); });
  }
  finish_output();
  return 0;
}

constexpr const char* kExamples = R"(Examples:
  dragoman stories news.db --min-sources 2                    what more than one source tells
  dragoman stories news.db --type ASSAULT --format jsonl      with all reports, and values side by side
  dragoman stories news.db --story s0123456789ab
)";

}  // namespace

Run declare_stories(CLI::App& parser) { return declare_listing<Options>(parser, kExamples, run); }

}  // namespace dragoman::cli
