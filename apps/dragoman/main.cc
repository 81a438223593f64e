// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstring>

#include "command.h"
#include "dragoman/error.h"
#include "dragoman/version.h"
#include "output.h"
#include "terminal.h"

namespace dragoman::cli {

void complain(const std::string& message) {
  std::string line = visible(message);
  std::replace(line.begin(), line.end(), '\n', ' ');  // of file names; a message is one line
  std::fputs(("dragoman: " + line + "\n").c_str(), stderr);
}

namespace {

struct Command {
  const char* name;
  const char* summary;
  Run (*declare)(CLI::App&);
};

constexpr Command kCommands[] = {
    {"read", "Read articles and print or store their records", declare_read},
    {"article", "Print the articles of pages: title, authors, dates, text", declare_article},
    {"events", "List the events of a store", declare_events},
    {"stories", "List acts, each once with all its reports", declare_stories},
    {"storylines", "List what belongs together over time, and why", declare_storylines},
    {"instruments", "List plans, treaties, bills, resolutions and their state", declare_instruments},
    {"instrument", "Show what became of a plan, treaty, bill, resolution", declare_instrument},
    {"statements", "List what was said, and by whom", declare_statements},
    {"positions", "List who stood where on what", declare_positions},
    {"count", "Count events by actor, month, type and more", declare_count},
    {"documents", "List the articles of a store", declare_documents},
    {"places", "List where events happened", declare_places},
    {"show", "Show an article with its evidence marked", declare_show},
    {"serve", "Show a store as pages in a browser and over HTTP", declare_serve},
    {"correct", "Say that an event is right, wrong, or another", declare_correct},
    {"corrections", "List corrections, also as gold", declare_corrections},
    {"export", "Write a store in the form of another data set", declare_export},
    {"cite", "Print how to cite what a store holds", declare_cite},
    {"explain", "Tell why an event was coded as it was", declare_explain},
    {"knowledge", "Look up who or what a name means on a day", declare_knowledge},
    {"words", "Print the words of articles: tags, lemmas, dependency trees", declare_words},
    {"relate", "Tell the act between a marked source and target", declare_relate},
    {"check", "Check that a store is sound", declare_check},
    {"doctor", "Check that everything needed is here and works", declare_doctor},
};

constexpr const char* kExamples = R"(Examples:
  dragoman read article.html                  the record of one article, as JSON
  dragoman read --store news.db articles/     read a folder into a store
  dragoman events news.db --type ASSAULT      what happened, as a table
  dragoman show news.db article.html          the article with its evidence marked
  dragoman COMMAND --help                     options and examples of a command)";

constexpr int kWrongUse = 2;

int run(const Run& command) {
  try {
    return command();
  } catch (const NobodyReads&) {
    return 0;  // as when `head` has seen enough
  } catch (const Misuse& misuse) {
    complain(misuse.what());
    return kWrongUse;
  } catch (const Failure& failure) {
    complain(failure.what());
    return failure.error().code == ErrorCode::kUsage ? kWrongUse : 1;
  } catch (const std::exception& error) {
    complain(error.what());
    return 1;
  }
}

/// Whether the first word is no command; CLI11 would only say that one is required.
bool unknown_command(int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return false;
  std::string names;
  for (const Command& command : kCommands) {
    if (std::strcmp(command.name, argv[1]) == 0) return false;
    names.append(names.empty() ? "" : ", ").append(command.name);
  }
  complain(std::string("\"").append(argv[1]).append("\" is no command; use one of ").append(names));
  return true;
}

int dragoman(int argc, char** argv) {
  if (unknown_command(argc, argv)) return kWrongUse;
  CLI::App app("Reads news and keeps the record of international politics: who said and did what to whom.", "dragoman");
  app.set_version_flag("--version", std::string("dragoman ") + kVersion, "Print the version and exit");
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.footer(kExamples);
  app.get_formatter()->column_width(32);
  app.require_subcommand(1);
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  app.get_formatter()->label("SUBCOMMANDS", "COMMANDS");
  app.get_formatter()->label("Subcommands", "Commands");
  app.failure_message([](const CLI::App*, const CLI::Error& error) {
    return "dragoman: " + std::string(error.what()) + "\nSee dragoman --help, or dragoman COMMAND --help.\n";
  });
  Run chosen;
  for (const Command& command : kCommands) {
    CLI::App* const parser = app.add_subcommand(command.name, command.summary);
    parser->callback([&chosen, todo = command.declare(*parser)] { chosen = todo; });
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (app.exit(error) != 0) return kWrongUse;
    return run([] {  // the help is on standard output, which may be a full disk
      finish_output();
      return 0;
    });
  }
  return run(chosen);
}

}  // namespace
}  // namespace dragoman::cli

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is seen where it is written to
  std::signal(SIGXFSZ, SIG_IGN);  // as is a file that may not grow
  return dragoman::cli::dragoman(argc, argv);
}
