// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <stdexcept>
#include <string>

namespace CLI {
class App;
}

namespace dragoman::cli {

/// What a command does once its options are read; gives the exit code: 0 done, 1 something failed.
using Run = std::function<int()>;

/// Each declares the options of one command on its parser.
Run declare_read(CLI::App& parser);
Run declare_article(CLI::App& parser);
Run declare_events(CLI::App& parser);
Run declare_statements(CLI::App& parser);
Run declare_positions(CLI::App& parser);
Run declare_stories(CLI::App& parser);
Run declare_storylines(CLI::App& parser);
Run declare_instruments(CLI::App& parser);
Run declare_instrument(CLI::App& parser);
Run declare_count(CLI::App& parser);
Run declare_documents(CLI::App& parser);
Run declare_places(CLI::App& parser);
Run declare_correct(CLI::App& parser);
Run declare_corrections(CLI::App& parser);
Run declare_check(CLI::App& parser);
Run declare_show(CLI::App& parser);
Run declare_export(CLI::App& parser);
Run declare_cite(CLI::App& parser);
Run declare_explain(CLI::App& parser);
Run declare_knowledge(CLI::App& parser);
Run declare_words(CLI::App& parser);
Run declare_relate(CLI::App& parser);
Run declare_serve(CLI::App& parser);
Run declare_doctor(CLI::App& parser);

/// The user asked for something that makes no sense (exit code 2); the message is a sentence.
class Misuse : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Writes "dragoman: MESSAGE" on standard error.
void complain(const std::string& message);

}  // namespace dragoman::cli
