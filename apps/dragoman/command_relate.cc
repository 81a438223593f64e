// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "command.h"
#include "dragoman/relation_reader.h"
#include "folders.h"
#include "output.h"
#include "table.h"

namespace dragoman::cli {
namespace {

struct Options {
  std::vector<std::string> inputs;
  std::string format = "jsonl";
  std::string types = "codebook";
  EngineOptions engine;
};

/// Reads rows and prints what is between their source and target.
class Relating {
 public:
  explicit Relating(const Options& options)
      : reader_(RelationReader::open(options.engine)),
        types_(options.types == "cameo" ? RelationTypes::kCameo : RelationTypes::kCodebook),
        as_table_(options.format == "table") {}

  void read(const std::string& path) {
    if (path == "-") return read(std::cin, path);
    if (std::error_code none; std::filesystem::is_directory(path, none)) {
      return failed(path + ": is a folder; give files of rows, or - for standard input");
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) return failed(path + ": cannot be opened: " + std::strerror(errno));
    read(file, path);
  }

  int finish() {
    if (as_table_) table_.finish();
    finish_output();
    return failures_ > 0 ? 1 : 0;
  }

 private:
  void failed(const std::string& message) {
    ++failures_;
    complain(message);
  }

  void read(std::istream& in, const std::string& name) {
    std::string line;
    uint64_t number = 0;
    for (bool more = true; more;) {
      more = next(in, line);
      if (!more && line.empty()) break;
      ++number;
      if (line.starts_with("\uFEFF")) line.erase(0, 3);
      if (line.ends_with('\r')) line.pop_back();
      if (line.find_first_not_of(" \t") == std::string::npos) continue;
      tell(relation_row_from(line, name + ":" + std::to_string(number)));
    }
    if (in.bad() || (&in == &std::cin && std::ferror(stdin) != 0)) failed(name + ": cannot be read to its end");
  }

  /// The next line, without its end and without what is far beyond the longest that is read; false where the input
  /// ends.
  static bool next(std::istream& in, std::string& line) {
    constexpr size_t kKept = 2U << 20;
    line.clear();
    std::streambuf* bytes = in.rdbuf();
    for (;;) {
      const int c = bytes->sbumpc();
      if (c == std::char_traits<char>::eof()) return false;
      if (c == '\n') return true;
      if (line.size() < kKept) line += static_cast<char>(c);
    }
  }

  void tell(const Result<RelationRow>& row) {
    if (!row) return failed(row.error().describe());
    const Result<Relation> relation = reader_.read(*row, types_);
    if (!relation) return failed(relation.error().describe());
    if (!as_table_) return print_line(to_json(*row, *relation));
    char confidence[8];
    std::snprintf(confidence, sizeof confidence, "%.2f", static_cast<double>(relation->confidence));
    table_.add({row->id, relation->type, confidence, who(*row)}, row->text,
               std::string(relation->trigger.of(row->text)));
  }

  static std::string who(const RelationRow& row) {
    std::string words;
    const auto add = [&](const std::vector<Span>& spans) {
      for (size_t i = 0; i < spans.size(); ++i) words.append(i == 0 ? "" : "; ").append(spans[i].of(row.text));
    };
    add(row.source);
    if (!row.target.empty()) words.append(words.empty() ? "→ " : " → ");
    add(row.target);
    return words;
  }

  RelationReader reader_;
  RelationTypes types_;
  bool as_table_;
  Table table_{{"ID", "TYPE", "CONF", "WHO → WHOM", "TEXT"}, 3, "no rows"};
  int failures_ = 0;
};

int run(const Options& options) {
  Relating relating(options);
  for (const std::string& path : options.inputs) relating.read(path);
  return relating.finish();
}

constexpr const char* kExamples = R"(Examples:
  dragoman relate rows.txt                       one JSON line for each row
  dragoman relate --format table rows.jsonl      for people
  dragoman relate --types cameo rows.jsonl       YIELD for CONCEDE and RETREAT, as CAMEO codes them
  echo '<s>Russia</s> bombed <t>Ukraine</t>' | dragoman relate -

A row is a line: text with tags as above, or {"text": ..., "source": ..., "target": ...} with words of the text
or [begin, end] in characters.

Exit code: 0 all read, 1 something could not be read, or the model has no head for relations, 2 wrong use.)";

}  // namespace

Run declare_relate(CLI::App& parser) {
  const auto options = std::make_shared<Options>();
  parser.add_option("INPUT", options->inputs, "Files of rows, one a line, or - for standard input")
      ->required()
      ->check(
          CLI::Validator([](std::string& name) { return std::string(name.empty() ? "the name is empty" : ""); }, ""));
  parser.add_option("--format", options->format, "jsonl, the default, or table")
      ->check(CLI::IsMember({"jsonl", "table"}))
      ->type_name("FORMAT");
  parser.add_option("--types", options->types, "codebook, the default, or cameo (YIELD for CONCEDE and RETREAT)")
      ->check(CLI::IsMember({"codebook", "cameo"}))
      ->type_name("TYPES");
  add_folder(parser, "--model", options->engine.model, "Folder of the model");
  parser.footer(kExamples);
  return [options] { return run(*options); };
}

}  // namespace dragoman::cli
