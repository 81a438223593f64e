// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <algorithm>

#include "command.h"
#include "describe.h"
#include "dragoman/doctor.h"
#include "dragoman/store.h"
#include "output.h"
#include "terminal.h"

namespace dragoman::cli {
namespace {

struct Options {
  std::string store, event;
  EngineOptions engine;
};

constexpr size_t kNameWidth = 11;

/// Prints why one event was coded as it was.
class Explanation {
 public:
  Explanation(const Record& record, size_t index)
      : record_(record), text_(record.article.text), index_(index), event_(record.events[index]) {}

  void print() const {
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
    section("Made by");
    line("engine", record_.origin.engine);
    line("model", record_.origin.model);
    line("knowledge", record_.origin.knowledge);
    line("ontology", record_.origin.ontology);
  }

 private:
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
    for (const Source& source : event_.attribution) {
      line("told by", record_.entities[source.entity].name + ", " + to_string(source.kind) +
                          (source.cue ? ", " + words(*source.cue) : ""));
    }
  }

  template <class Scores, class Name>
  static std::string ranked(const Scores& scores, const Name& name) {
    std::vector<size_t> order;
    for (size_t i = 0; i < scores.size(); ++i) {
      if (scores[i] > 0) order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return scores[a] > scores[b]; });
    std::string out;
    for (const size_t i : order) {
      if (!out.empty()) out += ", ";
      out.append(name(i)).append(" ").append(two_digits(static_cast<double>(scores[i])));
    }
    return out;
  }

  void code() const {
    line("trigger", words(event_.trigger));
    line("types", ranked(event_.type_scores, [](size_t i) { return to_string(static_cast<EventType>(i)); }));
    line("statuses", ranked(event_.status_scores, [](size_t i) { return to_string(static_cast<Status>(i)); }));
    line("rule", event_.rule);
    line("CAMEO", event_.cameo);
    line("quad", event_.quad);
    line("score", two_digits(event_.score) + " on PLOVER's scale from -10 (conflict) to 10 (cooperation)");
    line("confidence", two_digits(event_.confidence));
  }

  const Record& record_;
  std::string_view text_;
  size_t index_;
  const Event& event_;
};

int run(const Options& options) {
  const Store store = Store::open(options.store, Store::Mode::kRead);
  const auto json = store.record_json_of_event(options.event);
  if (!json) throw Failure({json.error().code, json.error().message, options.store});
  const auto record = record_from_json(*json);
  if (!record)
    throw Failure({ErrorCode::kStore, "holds a record that is damaged: " + record.error().describe(), options.store});
  const size_t index = std::stoul(options.event.substr(options.event.rfind('#') + 1)) - 1;
  Explanation(*record, index).print();
  const EventType type = record->events.at(index).type;
  print_line(std::string("\nThe codebook on ") + to_string(type));
  finish_output();  // all that the store tells is said, should the codebook be missing
  print(wrapped(codebook(type, options.engine), terminal_width(), "  "));
  finish_output();
  return 0;
}

constexpr const char* kExamples = R"(Examples:
  dragoman explain news.db d7411857#2          an event of the table of `events`
  dragoman explain news.db article.html#1      the first event of an article)";

}  // namespace

Run declare_explain(CLI::App& parser) {
  const auto options = std::make_shared<Options>();
  parser.add_option("STORE", options->store, "The store")->required();
  parser
      .add_option("EVENT", options->event,
                  "The event: its document (id, source, or enough of either), # and its number")
      ->required();
  parser.add_option("--data", options->engine.data, "Folder of the knowledge, which holds the codebook")
      ->type_name("DIR");
  parser.footer(kExamples);
  return [options] { return run(*options); };
}

}  // namespace dragoman::cli
