// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <chrono>

#include "command.h"
#include "describe.h"
#include "dragoman/doctor.h"
#include "dragoman/engine.h"
#include "dragoman/version.h"
#include "folders.h"
#include "output.h"
#include "terminal.h"

namespace dragoman::cli {
namespace {

constexpr size_t kNameWidth = 18;

void line(const std::string& name, const std::string& what) { print_line(padded(name, kNameWidth) + what); }

/// Prints one part; false, with what to do, if something is wrong with it.
bool report(const std::string& name, const Part& part, const std::string& advice) {
  line(name, part.path + (part.version.empty() ? "" : " (" + part.version + ")"));
  if (!part.hash.empty()) line("", "sha256 " + part.hash);
  if (part.error) {
    line("", "WRONG: " + part.error->describe());
    line("", advice);
  }
  return !part.error;
}

// An invented report, plain enough that a reader which finds no act in it is broken.
constexpr const char* kSentence =
    "France condemned the attack on Monday and urged Germany to impose sanctions on Iran.";

/// Reads one sentence; false if no event comes out.
bool self_test(const EngineOptions& options) {
  Page page;
  page.source = page.place = "self-test";
  page.format = Format::kJsonLines;
  page.bytes = kSentence;
  const auto start = std::chrono::steady_clock::now();
  const auto record = Engine::open(options).read(page);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  line("self-test", quoted(kSentence));
  if (!record) {
    line("", "WRONG: " + record.error().describe());
    return false;
  }
  for (const Event& event : record->events) line("", act_of(event) + ": " + who_to_whom(*record, event));
  if (record->events.empty())
    line("", "WRONG: no event was found in it; the model is broken, get it again");
  else
    line("", "in " + two_digits(seconds.count()) + " s, loading included");
  return !record->events.empty();
}

int run(const EngineOptions& options) {
  const Setup setup = examine(options);
  line("dragoman", kVersion);
  line("instruction set", setup.instruction_set);
  line("threads", std::to_string(setup.cores));
  bool well = report("model", setup.model, "Name its folder with --model, set DRAGOMAN_HOME, or get a fresh clone.");
  well &= report("knowledge", setup.knowledge, "Name its folder with --data, set DRAGOMAN_HOME, or get a fresh clone.");
  well &= report("ontology", setup.ontology, "It belongs to the knowledge, in its folder ontology.");
  if (well) {
    try {
      well = self_test(options);
    } catch (const Failure& failure) {
      line("self-test", std::string("WRONG: ") + failure.what());
      well = false;
    }
  } else {
    line("self-test", "not done, see above");
  }
  print_line(well ? "All is well." : "Something is wrong; see WRONG above.");
  finish_output();
  return well ? 0 : 1;
}

constexpr const char* kExamples = R"(Examples:
  dragoman doctor                     what the program runs on and with, and whether it works
  dragoman doctor --model models/mine

Exit code: 0 all is well, 1 something is missing or wrong (and what to do).)";

}  // namespace

Run declare_doctor(CLI::App& parser) {
  const auto options = std::make_shared<EngineOptions>();
  add_folder(parser, "--data", options->data, "Folder of the knowledge");
  add_folder(parser, "--model", options->model, "Folder of the model");
  parser.footer(kExamples);
  return [options] { return run(*options); };
}

}  // namespace dragoman::cli
