// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <chrono>
#include <map>
#include <optional>

#include "command.h"
#include "dragoman/engine.h"
#include "dragoman/query_fields.h"
#include "dragoman/store.h"
#include "folders.h"
#include "output.h"
#include "pages.h"
#include "progress.h"

namespace dragoman::cli {
namespace {

struct Options {
  std::vector<std::string> inputs;
  Format format = Format::kAuto;
  std::string store;
  EngineOptions engine{.threads = 0};
  bool keep_dropped = false;
  bool scores = false;
  bool quiet = false;
};

// Records of one transaction: many are put several times as fast, and who is interrupted reads no more than these
// again.
constexpr size_t kTogether = 256;
constexpr std::chrono::seconds kLongest{1};

/// The reading of all inputs: pages go to the engine, records to standard output or into the store, failures to
/// standard error.
class Reading {
 public:
  explicit Reading(const Options& options)
      : options_(options),
        engine_(Engine::open(options.engine)),
        pages_(options.inputs, {options.format},
               [this](const std::string& source, const Error& error) { failed(source, error); }),
        progress_(!options.quiet) {
    // After the engine: where that cannot be opened, no empty store is left behind.
    if (!options.store.empty()) store_.emplace(Store::open(options.store, Store::Mode::kWrite));
  }

  int run() {
    engine_.read_all(
        [this](Page& page) { return pages_.next(page); },
        [this](const Page& page, Result<Record> record) { pages_.take([&] { done(page, std::move(record)); }); });
    progress_.clear();
    pages_.finish();
    put();
    if (store_) store_->join();
    finish_output();
    summary();
    return failures_ > 0 ? 1 : 0;
  }

 private:
  void done(const Page& page, Result<Record> record) {
    if (record) {
      keep(std::move(*record));
    } else {
      failed(page.source, record.error());
    }
    progress_.show(pages_.input().bytes_done(), pages_.input().bytes_known(), documents_);
  }

  void keep(Record record) {
    ++documents_;
    events_ += record.events.size();
    statements_ += record.statements.size();
    if (store_) {
      if (waiting_.empty()) waiting_since_ = std::chrono::steady_clock::now();
      waiting_.push_back(std::move(record));
      if (waiting_.size() >= kTogether || std::chrono::steady_clock::now() - waiting_since_ >= kLongest) put();
    } else {
      duplicates_ += record.article.duplicate_of.empty() ? 0U : 1U;
      print_line(to_json(record, options_.keep_dropped, options_.scores));
    }
  }

  /// Puts what waits into the store.
  void put() {
    if (waiting_.empty()) return;
    std::vector<std::string> duplicates_of;
    for (const Change change : store_->put(waiting_, options_.keep_dropped, duplicates_of)) ++changes_[change];
    for (const std::string& first : duplicates_of) duplicates_ += first.empty() ? 0U : 1U;
    waiting_.clear();
  }

  void failed(const std::string& source, const Error& error) {
    ++failures_;
    progress_.clear();
    complain(error.describe());
    if (!store_) return;
    put();  // a source that failed after it was read stays failed
    store_->put_failure(source, error);
  }

  void summary() {
    if (options_.quiet) return;
    if (documents_ + failures_ == 0) complain("there was nothing to read");
    if (!store_) {
      if (duplicates_ > 0) complain(told_duplicates());
      return;
    }
    std::string changes;
    for (const auto& [change, name] :
         {std::pair{Change::kAdded, "new"}, {Change::kReplaced, "replaced"}, {Change::kUnchanged, "unchanged"}}) {
      if (changes_[change] == 0) continue;
      if (!changes.empty()) changes += ", ";
      changes += std::to_string(changes_[change]) + " " + name;
    }
    if (!changes.empty()) changes = " (" + changes + ")";
    complain(options_.store + ": " + counted(documents_, "document") + changes +
             (duplicates_ > 0 ? ", of them " + counted(duplicates_, "duplicate") : "") + ", " +
             counted(events_, "event") + ", " + counted(statements_, "statement") + ", " +
             counted(failures_, "failure"));
  }

  std::string told_duplicates() const {
    return "of " + counted(documents_, "document") + ", " + std::to_string(duplicates_) +
           (duplicates_ == 1 ? " tells" : " tell") + " what another one tells (document.duplicate_of)";
  }

  const Options& options_;
  Engine engine_;
  Pages pages_;
  Progress progress_;
  std::optional<Store> store_;
  std::vector<Record> waiting_;  // to be put
  std::chrono::steady_clock::time_point waiting_since_;
  std::map<Change, uint64_t> changes_;
  uint64_t documents_ = 0, duplicates_ = 0, events_ = 0, statements_ = 0, failures_ = 0;
};

std::string fault_of_day(const std::string& value) {
  const bool is_date = !fault_of(EventQuery{.from = value});
  const bool is_day = value.size() == 10 && value.find('/') == std::string::npos;
  if (!is_date || !is_day) return "\"" + value + "\" is no day; use YYYY-MM-DD";
  // The years that the library takes for those of a newspaper; a slip of the pen must not go by unnoticed.
  return "1800" <= value && value < "2101" ? "" : "\"" + value + "\" is not between the years 1800 and 2100";
}

/// An unset variable in a script should not change what the command does.
std::string fault_of_name(const std::string& value) { return value.empty() ? "the name is empty" : ""; }

std::string fault_of_threads(const std::string& value) {
  const bool small_number =
      !value.empty() && value.size() <= 3 && value.find_first_not_of("0123456789") == std::string::npos;
  return small_number ? "" : "\"" + value + "\" is no number of threads; use 0 to 999";
}

constexpr const char* kExamples = R"(Examples:
  dragoman read article.html                       one record, as JSON on one line
  dragoman read --store news.db articles/          every file of a folder, into a store
  dragoman read --published 2024-05-17 note.txt    for texts that do not tell their date
  zcat news.jsonl.gz | dragoman read -             JSON Lines with "text" and perhaps "id", "url", "title", "published"

Exit code: 0 all read, 1 something could not be read (each said on standard error, the rest is read), 2 wrong use.)";

}  // namespace

Run declare_read(CLI::App& parser) {
  const auto options = std::make_shared<Options>();
  const std::map<std::string, Format> formats = {
      {"auto", Format::kAuto}, {"text", Format::kText}, {"html", Format::kHtml}, {"jsonl", Format::kJsonLines}};
  parser.add_option("INPUT", options->inputs, "Files, folders, or - for standard input")
      ->required()
      ->check(CLI::Validator(fault_of_name, ""));
  parser
      .add_option_function<std::string>(
          "--format", [=](const std::string& name) { options->format = formats.at(name); }, "auto, text, html or jsonl")
      ->check(CLI::Validator(
          [=](const std::string& name) {
            return formats.count(name) > 0 ? "" : "\"" + name + "\" is no format; use auto, text, html or jsonl";
          },
          ""))
      ->type_name("FORMAT");
  parser.add_option("--store", options->store, "Put the records into this store instead of printing them")
      ->type_name("FILE")
      ->check(CLI::Validator(fault_of_name, ""));
  parser.add_option("--published", options->engine.published, "Publication date of documents that tell none")
      ->check(CLI::Validator(fault_of_day, ""))
      ->type_name("DATE");
  parser.add_flag("--keep-dropped", options->keep_dropped, "Keep what was taken for page furniture in the record");
  parser
      .add_option_function<std::string>(
          "--min-confidence", [=](const std::string& value) { options->engine.min_confidence = std::stod(value); },
          "Leave out events and statements less probable than this; 0 to 1")
      ->check(CLI::Validator(fault_of_probability, ""))
      ->type_name("P");
  parser.add_flag("--scores", options->scores, "Add to the printed records all that explains each event and statement");
  parser.add_option("--threads", options->engine.threads, "Documents read side by side; 0, the default, is one a core")
      ->type_name("N")
      ->check(CLI::Validator(fault_of_threads, ""));
  add_folder(parser, "--knowledge", options->engine.knowledge, "Folder of your own rows of knowledge");
  add_folder(parser, "--data", options->engine.data, "Folder of the knowledge");
  add_folder(parser, "--model", options->engine.model, "Folder of the model");
  parser.add_flag("--quiet", options->quiet, "No progress bar and no summary");
  parser.footer(kExamples);
  return [options] { return Reading(*options).run(); };
}

}  // namespace dragoman::cli
