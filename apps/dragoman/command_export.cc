// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "command.h"
#include "dragoman/engine.h"
#include "dragoman/exports.h"
#include "dragoman/query_fields.h"
#include "folders.h"
#include "joined.h"
#include "output.h"

namespace dragoman::cli {
namespace {

struct Options {
  std::string store, data;
  std::vector<std::string> statuses;
  ExportRequest request;
};

std::string profile_list() {
  std::string list = "Profiles:\n";
  for (const ExportProfile& profile : export_profiles()) {
    list += "  " + profile.name + std::string(profile.name.size() < 14 ? 14 - profile.name.size() : 1, ' ') +
            profile.summary + (profile.tells_status ? "" : " (*)") + "\n";
  }
  return list + R"((*) has no room for a status: only acts that happened are written, unless --status says otherwise.

Examples:
  dragoman export news.db --profile native --out tables/
  dragoman export news.db --profile native --as parquet --out tables/
  dragoman export news.db --profile polecat --out polecat/ --min-confidence 0.6
  dragoman export news.db --profile icews --status actual --status alleged --out icews/

Every folder gets a datapackage.json (Frictionless) with columns, sizes and SHA-256 of its files; formats without room
for evidence get an evidence.csv beside them.

Exit code: 0 done, 1 the store cannot be read or the folder not be written, 2 wrong use.)";
}

ExportRequest checked(const Options& options) {
  ExportRequest request = options.request;
  for (const std::string& name : options.statuses) {
    const auto status = status_from(name);
    if (!status) throw Misuse('"' + name + "\" is no status; use actual, future, hypothetical, negated or alleged");
    request.statuses.push_back(*status);
  }
  return request;
}

int run(const Options& options) {
  const ExportRequest request = checked(options);
  const Store store = open_joined(options.store);
  EngineOptions engine;
  engine.data = options.data;
  const auto files = export_store(store, request, data_folder(engine));
  if (!files) throw Failure(files.error());
  if (files->size() > 20) {
    print_line(std::to_string(files->size()) + " files in " + request.folder);
  } else {
    for (const ExportedFile& file : *files) {
      print_line(request.folder + "/" + file.name + (file.rows > 0 ? ": " + std::to_string(file.rows) + " rows" : ""));
    }
  }
  finish_output();
  return 0;
}

}  // namespace

Run declare_export(CLI::App& parser) {
  const auto options = std::make_shared<Options>();
  parser.add_option("STORE", options->store, "The store")->required();
  parser.add_option("--profile", options->request.profile, "The form, see below")->required();
  parser.add_option("--out", options->request.folder, "Folder to write to; made if it is not there")->required();
  parser
      .add_option_function<std::string>(
          "--as", [options](const std::string& form) { options->request.parquet = form == "parquet"; },
          "Tables as csv (if not given) or parquet; native and dyads")
      ->check(CLI::Validator(
          [](const std::string& form) {
            const bool known = form == "csv" || form == "parquet";
            return known ? "" : "\"" + form + "\" is no form of tables; use csv or parquet";
          },
          ""))
      ->type_name("FORM");
  parser.add_option("--status", options->statuses, "Only acts of this status (may be given several times)");
  parser
      .add_option_function<std::string>(
          "--min-confidence",
          [options](const std::string& value) { options->request.min_confidence = std::stod(value); },
          "Only events as sure as this, 0 to 1")
      ->check(CLI::Validator(fault_of_probability, ""))
      ->type_name("P");
  add_folder(parser, "--data", options->data, "Folder of the knowledge");
  parser.footer(profile_list());
  return [options] { return run(*options); };
}

Run declare_cite(CLI::App& parser) {
  const auto store = std::make_shared<std::string>();
  parser.add_option("STORE", *store, "The store")->required();
  parser.footer(R"(Prints lines for a text and an entry for BibTeX; both name the model, the knowledge and the ontology.

Examples:
  dragoman cite news.db
  dragoman cite news.db | tail -n +5 >> references.bib

Exit code: 0 done, 1 the store cannot be read, 2 wrong use.)");
  return [store] {
    print(citation(Store::open(*store, Store::Mode::kRead)));
    finish_output();
    return 0;
  };
}

}  // namespace dragoman::cli
