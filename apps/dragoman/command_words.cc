// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "command.h"
#include "dragoman/grammar_reader.h"
#include "folders.h"
#include "output.h"

namespace dragoman::cli {
namespace {

struct Options {
  std::vector<std::string> inputs;
  std::string format = "conllu";
  EngineOptions engine;
};

int run(const Options& options) {
  const GrammarReader reader = GrammarReader::open(options.engine);
  Input input(options.inputs, {Format::kAuto});
  int failures = 0;
  const auto failed = [&](const Error& error) {
    ++failures;
    complain(error.describe());
  };
  Result<Page> page = Page{};
  while (input.next(page)) {
    if (!page) {
      failed(page.error());
    } else if (const Result<Grammar> grammar = reader.read(*page); !grammar) {
      failed(grammar.error());
    } else if (options.format == "json") {
      print_line(to_json(*grammar));
    } else {
      print(to_conllu(*grammar));
    }
  }
  finish_output();
  return failures > 0 ? 1 : 0;
}

constexpr const char* kExamples = R"(Examples:
  dragoman words article.html                    CoNLL-U, as tools for treebanks read it
  dragoman words --format json articles/ > w     one line an article

Exit code: 0 all read, 1 something could not be read, or the model has no head for words, 2 wrong use.)";

}  // namespace

Run declare_words(CLI::App& parser) {
  const auto options = std::make_shared<Options>();
  parser.add_option("INPUT", options->inputs, "Files, folders, or - for standard input")
      ->required()
      ->check(
          CLI::Validator([](std::string& name) { return std::string(name.empty() ? "the name is empty" : ""); }, ""));
  parser.add_option("--format", options->format, "conllu, the default, or json (one object a line)")
      ->check(CLI::IsMember({"conllu", "json"}))
      ->type_name("FORMAT");
  add_folder(parser, "--model", options->engine.model, "Folder of the model");
  parser.footer(kExamples);
  return [options] { return run(*options); };
}

}  // namespace dragoman::cli
