// SPDX-License-Identifier: Apache-2.0
// dragoman instruments and dragoman instrument: all of them, and one with its history.
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
  InstrumentQuery query;
};

std::string known(const std::string& text) { return text.empty() ? "-" : text; }

void list(const Store& store, const InstrumentQuery& query) {
  Grid grid({"INSTRUMENT", "KIND", "OWNER", "SINCE", "UNTIL", "STATE", "NAME", "ARTICLES"}, 7);
  store.instruments(query, [&](const InstrumentHistory& one) {
    grid.add({one.id, one.kind, known(one.owner), known(one.first_day), known(one.last_day), known(one.state), one.name,
              std::to_string(one.n_reports)});
  });
  grid.finish("no instruments");
}

void show(const Store& store, const InstrumentQuery& query) {
  bool first = true;
  store.instruments(query, [&](const InstrumentHistory& one) {
    if (!first) print("\n");
    first = false;
    print_line(one.id + "  " + one.name + " (" + one.kind + (one.owner.empty() ? "" : ", " + one.owner) + ")" +
               (one.aliases.empty() ? "" : ", also: " + one.aliases));
    Table table({"DATE", "STEP", "STATUS", "SEE", "WHO", "WORDS"}, 4, "no act concerns it");
    for (const InstrumentStep& step : one.steps) {
      table.add({known(step.date), known(step.step) + (step.votes.empty() ? "" : " " + step.votes), step.status,
                 short_id(step.event), known(step.actors)},
                step.words, "");
    }
    table.finish();
  });
  if (first) print_line("no instruments");
}

void run(const Options& options, void (*table)(const Store&, const InstrumentQuery&)) {
  if (const auto fault = fault_of(options.query)) throw Misuse("--" + fault->describe());
  const Store store = open_joined(options.store);
  if (options.format == "table") {
    table(store, options.query);
  } else if (options.format == "csv") {
    print(instruments_csv_header() + "\r\n");
    store.instruments(options.query, [](const InstrumentHistory& one) { print(to_csv(one) + "\r\n"); });
  } else {
    store.instruments(options.query, [](const InstrumentHistory& one) { print_line(to_json(one)); });
  }
  finish_output();
}

}  // namespace

Run declare_instruments(CLI::App& parser) {
  const auto options = std::make_shared<Options>();
  add_store(parser, options->store);
  add_fields(parser, options->query, fields_of(options->query));
  add_format(parser, options->format);
  parser.footer(std::string(R"(Examples:
  dragoman instruments news.db --largest --limit 20            what most articles speak of
  dragoman instruments news.db --kind resolution --step vetoed
  dragoman instruments news.db --owner CHN --format csv
)") + kListingCodes);
  return [options] {
    run(*options, list);
    return 0;
  };
}

Run declare_instrument(CLI::App& parser) {
  const auto options = std::make_shared<Options>();
  add_store(parser, options->store);
  parser.add_option("NAME", options->query.name, "Words of one of its names, in any order, or its id")
      ->required()
      ->check(CLI::Validator(
          [](const std::string& name) {
            return name.find_first_not_of(' ') == std::string::npos ? "it is empty; dragoman instruments lists all"
                                                                    : "";
          },
          ""));
  add_format(parser, options->format);
  parser.footer(std::string(R"(Examples:
  dragoman instrument news.db "12-point plan"                 what became of it, step by step
  dragoman instrument news.db "resolution 2231" --format jsonl
)") + kListingCodes);
  return [options] {
    InstrumentQuery& query = options->query;
    if (query.name.size() == 13 && query.name.front() == 'i' &&
        query.name.find_first_not_of("0123456789abcdef", 1) == std::string::npos) {
      query.instrument = std::move(query.name);
      query.name.clear();
    }
    run(*options, show);
    return 0;
  };
}

}  // namespace dragoman::cli
