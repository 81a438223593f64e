// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

#include "command.h"
#include "describe.h"
#include "dragoman/doctor.h"
#include "dragoman/explanation.h"
#include "dragoman/store.h"
#include "folders.h"
#include "output.h"
#include "recall.h"
#include "terminal.h"

namespace dragoman::cli {
namespace {

struct Options {
  std::string store, event;
  std::string format = "text";
  bool stored = false;
  EngineOptions engine;
};

constexpr size_t kNameWidth = 11;
constexpr size_t kRanked = 3;     // types and modes that are shown
constexpr float kShown = 0.005F;  // what two digits would show as nothing is left out

/// What an event's and a statement's explanations have in common.
class Explaining {
 protected:
  explicit Explaining(const Record& record) : record_(record), text_(record.article.text) {}

  static void section(const std::string& name) { print_line("\n" + name); }
  static void line(const std::string& name, const std::string& what) {
    if (!what.empty()) print_line("  " + padded(name, kNameWidth) + what);
  }
  std::string words(Span span) const { return quoted(span.of(text_)); }

  void participant(const char* role, const Participant& participant) const {
    const Entity& entity = record_.entities[participant.entity];
    std::string is = names_of(record_, {participant}) + ", " + to_string(entity.kind);
    if (!entity.role.empty()) is += ", " + entity.role;
    if (!entity.kb.empty()) is += ", " + entity.kb;
    line(role, words(participant.span) + " is " + is + "; role score " + two_digits(participant.score));
    line("", reason_of(entity, participant.span));
  }

  static std::string reason_of(const Entity& entity, Span span) {
    const auto mention = std::find_if(entity.mentions.begin(), entity.mentions.end(),
                                      [&](const EntityMention& one) { return one.span == span; });
    if (mention == entity.mentions.end() || mention->reason.rule.empty()) return "";
    const LinkReason& reason = mention->reason;
    std::string why = "known by " + reason.rule;
    if (!reason.row.empty()) why += ", " + reason.row;
    if (!reason.valid.empty()) why += ", valid " + reason.valid;
    if (!reason.runner_up.empty()) why += "; the next best reading was " + reason.runner_up;
    return why;
  }

  void told_by(const char* name, const std::vector<Source>& sources) const {
    for (const Source& source : sources) {
      line(name, record_.entities[source.entity].name + ", " + to_string(source.kind) +
                     (source.cue ? ", " + words(*source.cue) : ""));
    }
  }

  /// The confidence, and how far each head's word moves the log-odds that it is made of.
  static void sureness(double confidence, const std::vector<ConfidencePart>& parts) {
    section("How sure");
    line("confidence", two_digits(confidence));
    for (const ConfidencePart& part : parts) {
      if (part.adds == 0 && part.value == 0) continue;
      const std::string adds = (part.adds < 0 ? "" : "+") + two_digits(static_cast<double>(part.adds));
      const auto value = static_cast<double>(part.value);
      const std::string told = part.of == "base" ? ""
                               : value > 1       ? std::to_string(std::lround(value))
                                                 : two_digits(value);
      line("", padded(part.of, kNameWidth) + padded(told, 6) + adds);
    }
  }

  void made_by(const std::string& unrecalled) const {
    section("Made by");
    line("engine", record_.origin.engine);
    line("model", record_.origin.model);
    line("knowledge", record_.origin.knowledge);
    line("ontology", record_.origin.ontology);
    line("not known", unrecalled);
  }

  const Record& record_;
  std::string_view text_;
};

/// Prints why a statement is one, and whose.
class StatementExplanation : Explaining {
 public:
  StatementExplanation(const Record& record, size_t index)
      : Explaining(record), index_(index), statement_(record.statements[index]) {}

  void print(const std::string& unrecalled) const {
    print_line(record_.article.id + "#s" + std::to_string(index_ + 1) + "  " + to_string(statement_.kind) +
               " statement");
    cli::print("\n" + wrapped(words(statement_.content), terminal_width(), "  "));
    section("Who said it");
    statement_.speaker ? participant("speaker", *statement_.speaker) : line("speaker", "nobody named");
    for (const Participant& one : statement_.addressees) participant("to", one);
    if (statement_.cue) line("cue", words(*statement_.cue));
    line("act", statement_.act);
    told_by("through", statement_.via);
    sureness(statement_.confidence, statement_.account.confidence);
    made_by(unrecalled);
  }

 private:
  size_t index_;
  const Statement& statement_;
};

/// Prints why one event was coded as it was.
class Explanation : Explaining {
 public:
  Explanation(const Record& record, size_t index) : Explaining(record), index_(index), event_(record.events[index]) {}

  void print(const std::string& unrecalled) const {
    print_line(record_.article.id + "#" + std::to_string(index_ + 1) + "  " + act_of(event_));
    cli::print("\n" + wrapped(quoted(record_.sentences[event_.sentence].of(text_)), terminal_width(), "  "));
    section("Who did what to whom");
    for (const Participant& actor : event_.actors) participant("actor", actor);
    if (event_.actors.empty()) line("actor", "nobody named");
    for (const Participant& recipient : event_.recipients) participant("recipient", recipient);
    content();
    circumstances();
    section("Why this code");
    code();
    sureness(event_.confidence, event_.account.confidence);
    made_by(unrecalled);
  }

 private:
  void content() const {
    if (event_.theme) line("theme", words(*event_.theme));
    if (event_.about) {
      line("about", "#" + std::to_string(*event_.about + 1) + " " + act_of(record_.events[*event_.about]));
    }
    for (const uint32_t i : event_.instruments)
      line("instrument", record_.instruments[i].name + ", " + to_string(record_.instruments[i].kind));
    for (const uint32_t i : event_.quantities)
      line("quantity", words(record_.quantities[i].span) + ", " + to_string(record_.quantities[i].kind));
  }

  void circumstances() const {
    for (const Location& location : event_.locations) {
      line("place", location.name + (location.country.empty() ? "" : " (" + location.country + ")"));
    }
    if (event_.date) {
      line("date",
           event_.date->value + ", from " + (event_.date->span ? words(*event_.date->span) : event_.date->basis));
    }
    told_by("told by", event_.attribution);
  }

  template <class Scores, class Name>
  static std::string ranked(const Scores& scores, const Name& name, size_t most = SIZE_MAX) {
    std::vector<size_t> order;
    for (size_t i = 0; i < scores.size(); ++i) {
      if (scores[i] >= kShown) order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return scores[a] > scores[b]; });
    if (order.size() > most) order.resize(most);
    std::string out;
    for (const size_t i : order) {
      if (!out.empty()) out += ", ";
      out.append(name(i)).append(" ").append(two_digits(static_cast<double>(scores[i])));
    }
    return out;
  }

  void code() const {
    line("trigger", words(event_.trigger));
    line("types", ranked(
                      event_.type_scores, [](size_t i) { return to_string(static_cast<EventType>(i)); }, kRanked));
    line("statuses", ranked(event_.status_scores, [](size_t i) { return to_string(static_cast<Status>(i)); }));
    const Account& account = event_.account;
    if (!account.empty()) line("background", two_digits(static_cast<double>(account.historical)));
    std::vector<float> modes;
    for (const ScoredMode& mode : account.modes) modes.push_back(mode.score);
    line("modes", ranked(
                      modes, [&](size_t i) { return account.modes[i].mode; }, kRanked));
    for (const RoleFiller& filler : account.fillers) {
      line("marked",
           words(filler.span) + " as " + to_string(filler.role) + ' ' + two_digits(static_cast<double>(filler.score)));
    }
    line("rule", event_.rule);
    for (const RuleStep& step : account.steps) {
      line("", step.rule + (step.change.empty() ? "" : ": " + step.change) + " (" + step.reason + ")");
    }
    line("CAMEO", event_.cameo);
    line("quad", event_.quad);
    line("score", two_digits(event_.score) + " on PLOVER's scale from -10 (conflict) to 10 (cooperation)");
  }

  size_t index_;
  const Event& event_;
};

Record record_of(const Options& options, bool statement) {
  const Store store = Store::open(options.store, Store::Mode::kRead);
  const auto json = statement ? store.record_json(options.event.substr(0, options.event.rfind("#s")))
                              : store.record_json_of_event(options.event);
  if (!json) throw Failure({json.error().code, json.error().message, options.store});
  auto record = record_from_json(*json);
  if (!record)
    throw Failure({ErrorCode::kStore, "holds a record that is damaged: " + record.error().describe(), options.store});
  return std::move(*record);
}

int run_statement(const Options& options, size_t index) {
  Record record = record_of(options, true);
  if (index >= record.statements.size()) {
    throw Failure({ErrorCode::kNotFound,
                   "no statement \"" + options.event + "\" is in the store; its document has " +
                       std::to_string(record.statements.size()),
                   options.store});
  }
  const std::string unrecalled = options.stored ? "" : recall_statement(record, index, options.engine);
  if (options.format == "json") {
    print_line(statement_json(record, index));
  } else {
    StatementExplanation(record, index).print(unrecalled);
  }
  finish_output();
  return 0;
}

int run(const Options& options) {
  if (const auto statement = statement_index(options.event)) return run_statement(options, *statement);
  Record record = record_of(options, false);
  const size_t index = std::stoul(options.event.substr(options.event.rfind('#') + 1)) - 1;
  const std::string unrecalled = options.stored ? "" : recall_event(record, index, options.engine);
  if (options.format == "json") {
    print_line(event_json(record, index));
    finish_output();
    return 0;
  }
  Explanation(record, index).print(unrecalled);
  const EventType type = record.events.at(index).type;
  print_line(std::string("\nThe codebook on ") + to_string(type));
  finish_output();  // all that the store tells is said, should the codebook be missing
  print(wrapped(codebook(type, options.engine), terminal_width(), "  "));
  finish_output();
  return 0;
}

constexpr const char* kExamples = R"(Examples:
  dragoman explain news.db d7411857#2          an event of the table of `events`
  dragoman explain news.db article.html#1      the first event of an article
  dragoman explain news.db article.html#s1     its first statement
  dragoman explain news.db article.html#1 --format json

Exit code: 0 done, 1 the store cannot be read or holds no such event or statement, 2 wrong use.)";

}  // namespace

Run declare_explain(CLI::App& parser) {
  const auto options = std::make_shared<Options>();
  parser.add_option("STORE", options->store, "The store")->required();
  parser
      .add_option("EVENT", options->event,
                  "The event: its document (id, source, or enough of either), # and its number; #s for a statement")
      ->required();
  parser.add_option("--format", options->format, "text or json")
      ->check(CLI::Validator(
          [](const std::string& name) {
            return name == "text" || name == "json" ? "" : "\"" + name + "\" is no format; use text or json";
          },
          ""))
      ->type_name("FORMAT");
  parser.add_flag("--stored", options->stored,
                  "Only what the store holds: do not read the text again for the heads' scores");
  add_folder(parser, "--data", options->engine.data, "Folder of the knowledge, which holds the codebook");
  add_folder(parser, "--model", options->engine.model, "Folder of the model");
  parser.footer(kExamples);
  return [options] { return run(*options); };
}

}  // namespace dragoman::cli
