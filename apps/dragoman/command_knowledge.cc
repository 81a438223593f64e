// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <ctime>

#include "command.h"
#include "dragoman/almanac.h"
#include "folders.h"
#include "output.h"
#include "terminal.h"

namespace dragoman::cli {
namespace {

struct Options {
  std::vector<std::string> names;
  std::string date = "today";
  std::string format = "text";
  EngineOptions engine;
};

constexpr size_t kNameWidth = 14;
constexpr size_t kShortList = 24;   // of those that belonged once; longer ones are left to the JSON form
constexpr size_t kListWidth = 100;  // where lists of members go on in the next line

std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char day[16];
  std::strftime(day, sizeof day, "%Y-%m-%d", &parts);
  return day;
}

std::string codes_of(const std::string& country, const std::vector<std::string>& sectors) {
  std::string codes = country;
  for (const std::string& sector : sectors) codes.append(codes.empty() ? 0 : 1, ' ').append(sector);
  return codes.empty() ? "no code" : codes;
}

/// Prints what is known of one name.
class Answer {
 public:
  explicit Answer(const Known& known) : known_(known) {}

  void print() const {
    print_line(visible(known_.name) + (known_.date.empty() ? ", on any day" : ", " + known_.date));
    actor();
    for (const KnownReading& one : known_.readings) reading(one);
    if (known_.noun) line("noun", known_.noun->noun + ": " + codes_of("", known_.noun->sectors), known_.noun->row);
    if (!told_by_a_row()) line("", "no row has this name");
  }

 private:
  /// A row has the name, its noun, or what the description is of ("the UN chief").
  bool told_by_a_row() const {
    const bool actor =
        known_.actor && !known_.actor->mentions.empty() && !known_.actor->mentions.front().reason.row.empty();
    return actor || known_.noun || !known_.readings.empty();
  }

  static void line(const std::string& name, const std::string& what, const std::string& row = "") {
    print_line("  " + padded(name, kNameWidth) + what + (row.empty() ? "" : "  [" + visible(row) + "]"));
  }

  void actor() const {
    if (!known_.actor) return line("actor", "nobody");
    const Entity& actor = *known_.actor;
    std::string is = codes_of(actor.country, actor.sectors) + ": " + visible(actor.name) + ", " + to_string(actor.kind);
    if (!actor.role.empty()) is += ", " + actor.role;
    const LinkReason reason = actor.mentions.empty() ? LinkReason{} : actor.mentions.front().reason;
    if (!reason.rule.empty()) is += "; known by " + reason.rule;
    if (!reason.runner_up.empty()) is += ", the next best reading was " + reason.runner_up;
    line("actor", is, reason.row);
  }

  static std::string dates(const KnownRow& row) {
    if (row.from.empty() && row.to.empty()) return "";
    std::string text = row.to.empty() ? "since " + row.from : row.from.empty() ? "until " + row.to : "";
    if (text.empty()) text = row.from + " to " + row.to;
    if (!row.precision.empty() && row.precision != "day") text += " (to the " + row.precision + ")";
    if (!row.checked.empty()) text += ", checked " + row.checked;
    return text;
  }

  static std::string dates(const KnownMembership& one) {
    if (one.from.empty() && one.to.empty()) return "";
    if (one.to.empty()) return "since " + one.from;
    return one.from.empty() ? "until " + one.to : one.from + " to " + one.to;
  }

  /// "31 members", "former members", "10 elected members", with all of them; of what one belongs to, "member of".
  static void memberships(const std::vector<KnownMembership>& all, bool members) {
    for (const char* state : {"holds", "future", "former"})
      for (const char* role : {"permanent", "member", "elected", "associate", "observer"}) {
        std::vector<std::string> names;
        for (const KnownMembership& one : all) {
          if (one.state != state || one.role != role) continue;
          const std::string when = dates(one);
          names.push_back(one.name + (when.empty() ? "" : " (" + when + ")"));
        }
        if (names.empty()) continue;
        const bool holds = std::string(state) == "holds";
        std::string head = members ? std::to_string(names.size()) + " " : "";
        if (!holds) head.append(state).append(" ");
        head += role_words(role, members && names.size() > 1);
        if (!holds && names.size() > kShortList)
          line("", head + ": see --format json");
        else
          wrapped(head + (members ? ": " : " of "), names);
      }
  }

  static void wrapped(std::string text, const std::vector<std::string>& items) {
    for (size_t k = 0; k < items.size(); ++k) {
      const bool last = k + 1 == items.size();
      if (k > 0 && text.size() + items[k].size() > kListWidth) {
        line("", visible(text));
        text = " ";
      }
      text += (k > 0 ? " " : "") + items[k] + (last ? "" : ";");
    }
    line("", visible(text));
  }

  static std::string role_words(const std::string& role, bool several) {
    const bool noun = role == "member" || role == "observer";
    return (noun ? role : role + " member") + (several ? "s" : "");
  }

  void reading(const KnownReading& one) const {
    std::string head = one.name + " (" + one.key + ")";
    if (!one.type.empty() && one.type != one.kind) head += ", " + one.type;
    if (one.sense != "name") head += ", by its " + one.sense;
    if (one.lat) {
      char place[64];
      std::snprintf(place, sizeof place, ", %.3f %.3f", *one.lat, *one.lon);
      head += place;
    }
    if (one.population > 0) head += ", " + std::to_string(one.population) + " people";
    if (one.kind != "person") {
      const KnownRow& row = one.rows.front();
      head += ": " + codes_of(row.country, row.sectors);
      if (const std::string when = dates(row); !when.empty()) head += ", " + when;
      if (row.state != "holds") head += ", " + row.state;
      line(one.kind, visible(head), row.row);
      memberships(one.members, true);
      return memberships(one.memberships, false);
    }
    line(one.kind, visible(head));
    for (const KnownRow& row : one.rows)
      line("",
           visible((row.state == "holds" ? "" : row.state + " ") + row.office + ", " +
                   codes_of(row.country, row.sectors) + ", " + dates(row)),
           row.row);
  }

  const Known& known_;
};

int check(const Options& options) {
  if (options.names.size() != 2) throw Misuse("`knowledge check` wants one folder");
  EngineOptions engine = options.engine;
  engine.knowledge = options.names.back();
  const std::vector<Error> faults = knowledge_faults(engine);
  for (const Error& fault : faults) complain(fault.describe());
  if (faults.empty()) print_line(visible(engine.knowledge) + ": all is well");
  finish_output();
  return faults.empty() ? 0 : 1;
}

bool blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

/// The day asked for; "" for none.
std::string day_of(const Options& options) {
  if (blank(options.date)) throw Misuse("--date is empty; use YYYY-MM-DD, today or any");
  return options.date == "today" ? today() : options.date == "any" ? "" : options.date;
}

int run(const Options& options) {
  if (options.names.front() == "check") return check(options);
  const std::string date = day_of(options);
  const Almanac almanac = Almanac::open(options.engine);
  for (const std::string& name : options.names) {
    const auto known = almanac.look_up(name, date);
    if (!known) throw Misuse((known.error().place == "date" ? "--" : "") + known.error().describe());
    if (options.format == "json")
      print_line(to_json(*known));
    else
      Answer(*known).print();
  }
  finish_output();
  return 0;
}

constexpr const char* kExamples = R"(Examples:
  dragoman knowledge "Ursula von der Leyen" --date 2012-05-01
  dragoman knowledge Kremlin "Kenyan police" --format json
  dragoman knowledge "Norland" --knowledge mine/          with rows of your own
  dragoman knowledge check mine/                          are they well formed?

Exit code: 0 done (also where nothing is known), 1 the knowledge or your rows are wrong, 2 wrong use.)";

}  // namespace

Run declare_knowledge(CLI::App& parser) {
  const auto options = std::make_shared<Options>();
  parser.add_option("NAME", options->names, "Names or descriptions; or: check DIR")
      ->required()
      ->check(
          CLI::Validator([](std::string& name) { return std::string(blank(name) ? "the name is empty" : ""); }, ""));
  parser.add_option("--date", options->date, "The day, YYYY-MM-DD; today is the default; any for no day")
      ->type_name("DATE");
  parser.add_option("--format", options->format, "text or json (one object a line)")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("FORMAT");
  add_folder(parser, "--knowledge", options->engine.knowledge, "Folder of your own rows");
  add_folder(parser, "--data", options->engine.data, "Folder of the knowledge");
  parser.footer(kExamples);
  return [options] { return run(*options); };
}

}  // namespace dragoman::cli
