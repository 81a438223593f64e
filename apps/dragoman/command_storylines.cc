// SPDX-License-Identifier: Apache-2.0
#include "command.h"
#include "joined.h"
#include "listing.h"
#include "output.h"
#include "table.h"

namespace dragoman::cli {
namespace {

struct Options {
  std::string store;
  std::string format = "table";
  StorylineQuery query;
};

std::string days(const Storyline& one) {
  if (one.first_day.empty()) return "-";
  return one.first_day == one.last_day ? one.first_day : one.first_day + "/" + one.last_day;
}

std::string who(const StorylineStep& step) {
  return step.actors + (step.recipients.empty() ? "" : (step.actors.empty() ? "→ " : " → ") + step.recipients);
}

/// All storylines, a line each.
void list(const Store& store, const StorylineQuery& query) {
  Table table({"STORYLINE", "DAYS", "STORIES", "ARTICLES", "COUNTRIES", "BEGINS"}, 4, "no storylines");
  store.storylines(query, [&](const Storyline& one) {
    const StorylineStep first = one.steps.empty() ? StorylineStep() : one.steps.front();
    table.add({one.id, days(one), std::to_string(one.n_stories), std::to_string(one.n_documents), one.countries},
              first.sentence, first.trigger);
  });
  table.finish();
}

/// One storyline: a line a story, and why it belongs there.
void show(const Store& store, const StorylineQuery& query) {
  Table table({"STORY", "DATE", "TYPE", "BECAUSE OF", "WHO → WHOM", "EVIDENCE"}, 4, "no such storyline");
  store.storylines(query, [&](const Storyline& one) {
    for (const StorylineStep& step : one.steps) {
      std::string reason = step.links.empty() ? "-" : step.links.front().reason;
      if (!step.links.empty()) reason += " " + step.links.front().to;
      table.add({step.story, step.date.empty() ? "-" : step.date, step.type, reason, who(step)}, step.sentence,
                step.trigger);
    }
  });
  table.finish();
}

int run(const Options& options) {
  if (const auto fault = fault_of(options.query)) throw Misuse("--" + fault->describe());
  const Store store = open_joined(options.store);
  if (options.format == "table") {
    (options.query.storyline.empty() ? list : show)(store, options.query);
  } else if (options.format == "csv") {
    print(storylines_csv_header() + "\r\n");
    store.storylines(options.query, [](const Storyline& one) { print(to_csv(one) + "\r\n"); });
  } else {
    store.storylines(options.query, [](const Storyline& one) { print_line(to_json(one)); });
  }
  finish_output();
  return 0;
}

constexpr const char* kExamples = R"(Examples:
  dragoman storylines news.db --actor CHN                     what China takes part in, newest first
  dragoman storylines news.db --storyline l0123456789ab       one of them, act by act, and what ties them
  dragoman storylines news.db --format jsonl
)";

}  // namespace

Run declare_storylines(CLI::App& parser) { return declare_listing<Options>(parser, kExamples, run); }

}  // namespace dragoman::cli
