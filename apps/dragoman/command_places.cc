// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

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
  PlaceQuery query;
};

std::string coordinates(const PlaceRow& row) {
  if (!row.lat || !row.lon) return "-";
  char text[64];
  std::snprintf(text, sizeof text, "%.3f %.3f", *row.lat, *row.lon);
  return text;
}

int run(const Options& options) {
  if (const auto fault = fault_of(options.query)) throw Misuse("--" + fault->describe());
  const Store store = Store::open(options.store, Store::Mode::kRead);
  if (options.format == "table") {
    Grid grid({"PLACE", "COUNTRY", "PRECISION", "WHERE", "EVENTS", "ACTUAL"}, 4);
    store.places(options.query, [&](const PlaceRow& row) {
      grid.add({row.name, row.country.empty() ? "-" : row.country, row.precision.empty() ? "-" : row.precision,
                coordinates(row), std::to_string(row.events), std::to_string(row.actual)});
    });
    grid.finish("no places");
  } else if (options.format == "csv") {
    print(places_csv_header() + "\r\n");
    store.places(options.query, [](const PlaceRow& row) { print(to_csv(row) + "\r\n"); });
  } else {
    store.places(options.query, [](const PlaceRow& row) { print_line(to_json(row)); });
  }
  finish_output();
  return 0;
}

constexpr const char* kExamples = R"(Examples:
  dragoman places news.db --type ASSAULT --limit 20       where most attacks are told of
  dragoman places news.db --format csv > places.csv       with coordinates, for a map
)";

}  // namespace

Run declare_places(CLI::App& parser) { return declare_listing<Options>(parser, kExamples, run); }

}  // namespace dragoman::cli
