// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "command.h"
#include "dragoman/label_studio.h"
#include "dragoman/store.h"
#include "listing.h"
#include "output.h"

namespace dragoman::cli {
namespace {

struct Options {
  std::string store, event, label_studio;
  bool accept = false, reject = false;
  Correction correction;
};

std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in && text.empty()) throw Failure({ErrorCode::kUnreadable, "cannot be read", path});
  return text;
}

/// Whether the store holds this word of this person on this event as the last already: a file that is read twice.
bool is_known(const Store& store, const Correction& correction) {
  Correction last;
  store.corrections({.event = correction.event_id}, [&](const Correction& one) { last = one; });
  return last.action == correction.action && last.changes == correction.changes && last.author == correction.author;
}

int import_file(const Options& options) {
  Store store = Store::open(options.store, Store::Mode::kWrite);
  auto read = corrections_from_label_studio(file(options.label_studio), store);
  if (!read) throw Failure({read.error().code, read.error().message, options.label_studio});
  uint64_t added = 0, known = 0, failed = 0;
  for (Correction& one : read->corrections) {
    if (!options.correction.author.empty()) one.author = options.correction.author;
    if (!options.correction.note.empty()) one.note = options.correction.note;
    if (is_known(store, one)) {
      ++known;
      continue;
    }
    const auto kept = store.correct(one);
    if (!kept) complain(one.event_id + ": " + kept.error().describe());
    ++(kept ? added : failed);
  }
  print_line(counted(added, "correction") + " added, " + std::to_string(known) + " known, from " +
             counted(read->tasks, "task"));
  finish_output();
  if (read->unknown_documents > 0) complain(std::to_string(read->unknown_documents) + " tasks are of other documents");
  if (read->new_marks > 0) {
    complain(std::to_string(read->new_marks) + " marks are of events that the record does not have; they are left out");
  }
  return failed + read->unknown_documents > 0 ? 1 : 0;
}

int run(const Options& options) {
  const Correction& given = options.correction;
  if (!options.label_studio.empty()) {
    if (!options.event.empty() || options.accept || options.reject || !given.changes.empty()) {
      throw Misuse("--label-studio brings its own corrections; leave the event and what is to be changed out");
    }
    return import_file(options);
  }
  if (options.event.empty()) throw Misuse("tell which event, or give a file with --label-studio");
  if (options.accept + options.reject + !given.changes.empty() != 1) {
    throw Misuse("give either --accept, or --reject, or what is to be changed");
  }
  Correction correction = given;
  correction.event_id = options.event;
  correction.action = options.accept ? "accept" : options.reject ? "reject" : "change";
  if (const auto fault = fault_of(correction)) {
    const std::string option = fault->place == "event_type" ? "type" : fault->place;
    throw Misuse("--" + option + ": " + fault->message);
  }
  Store store = Store::open(options.store, Store::Mode::kRead);  // one that is not there is not made
  store = Store::open(options.store, Store::Mode::kWrite);
  const auto kept = store.correct(correction);
  if (!kept) throw Failure({kept.error().code, kept.error().message, options.store});
  print_line(to_json(*kept));
  finish_output();
  return 0;
}

constexpr const char* kExamples = R"text(Examples:
  dragoman correct news.db d7411857#2 --accept --author "A. Reader"
  dragoman correct news.db d7411857#3 --reject --note "reports a plan only" --author "A. Reader"
  dragoman correct news.db d7411857#4 --type REQUEST --actor "the ministry (XNO GOV)" --author "A. Reader"
  dragoman correct news.db --label-studio project-1.json

Corrections stand beside the record: `dragoman corrections` lists them, `events --corrected` shows what they make of it.

Exit code: 0 done, 1 an event or document is not in the store, or a file cannot be read, 2 wrong use.)text";

}  // namespace

Run declare_correct(CLI::App& parser) {
  const auto options = std::make_shared<Options>();
  parser.add_option("STORE", options->store, "The store")->required();
  parser.add_option("EVENT", options->event,
                    "The event: its document (id, source, or enough of either), # and its number");
  parser.add_flag("--accept", options->accept, "It is as the machine says");
  parser.add_flag("--reject", options->reject, "No such act is told there");
  const auto change = [&](const char* name, const char* field, const char* help, const char* type) {
    parser
        .add_option_function<std::string>(
            name,
            [options, field](const std::string& value) {
              options->correction.changes[field] = std::string(field) == "event_type" ? capitals(value) : value;
            },
            help)
        ->type_name(type);
  };
  change("--type", "event_type", "The right type, e.g. ASSAULT", "TYPE");
  change("--status", "status", "The right status, e.g. alleged", "STATUS");
  change("--date", "date", "The right date: YYYY-MM-DD, YYYY-MM, YYYY, or - for none", "DATE");
  change(
      "--actor", "actor",
      "Who acts: an entity of the document or words of its text, with codes in brackets; several with ;, - for nobody",
      "WHO");
  change("--recipient", "recipient", "Towards whom, likewise", "WHO");
  parser.add_option("--author", options->correction.author, "Who says so")->type_name("NAME");
  parser.add_option("--note", options->correction.note, "Why")->type_name("TEXT");
  parser.add_option("--label-studio", options->label_studio, "Corrected tasks, as Label Studio exports them (JSON)")
      ->type_name("FILE");
  parser.footer(kExamples);
  return [options] { return run(*options); };
}

}  // namespace dragoman::cli
