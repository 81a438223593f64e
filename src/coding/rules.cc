// SPDX-License-Identifier: Apache-2.0
#include "coding/rules.h"

#include <algorithm>
#include <map>

#include "base/files.h"
#include "base/text.h"
#include "coding/steps.h"
#include "dragoman/error.h"
#include "knowledge/table.h"

namespace dragoman::coding {
namespace {

using Condition = EventRule::Condition;
using Action = EventRule::Action;
using Field = Condition::Field;
using Kind = Action::Kind;
using knowledge::Table;

struct Place {  // of a rule, for messages
  const Table& table;
  size_t row;
  [[noreturn]] void fail(const std::string& message) const { table.fail(row, message); }
};

const std::map<std::string, Field, std::less<>> kFields = {{"type", Field::kType},
                                                           {"status", Field::kStatus},
                                                           {"mode", Field::kMode},
                                                           {"actors", Field::kActors},
                                                           {"recipients", Field::kRecipients},
                                                           {"shared", Field::kShared},
                                                           {"historical", Field::kHistorical},
                                                           {"trigger", Field::kTrigger},
                                                           {"theme", Field::kTheme},
                                                           {"near", Field::kNear},
                                                           {"lead", Field::kLead}};

bool by_phrases(Field field) {
  return field == Field::kTrigger || field == Field::kTheme || field == Field::kNear || field == Field::kLead;
}

// "type=CONSULT|AID", "mode!=visit", "trigger~clash* | fought"
Condition condition(std::string_view text, const Place& place) {
  const size_t at = text.find_first_of("!=~");
  if (at == std::string_view::npos) place.fail("a condition is field=values, field!=values or field~words");
  Condition out;
  const auto field = kFields.find(base::trim(text.substr(0, at)));
  if (field == kFields.end()) place.fail("no such field: " + std::string(text.substr(0, at)));
  out.field = field->second;
  out.negated = text[at] == '!';
  const std::string_view values = text.substr(at + (out.negated ? 2 : 1));
  if (by_phrases(out.field)) {
    out.phrases.add_all(values, 0);
  } else {
    for (std::string_view value : base::split(values, '|')) out.values.emplace_back(base::trim(value));
  }
  for (const std::string& value : out.values) {
    if (out.field == Field::kType && !event_type_from(value)) place.fail("no such type: " + value);
    if (out.field == Field::kStatus && !status_from(value)) place.fail("no such status: " + value);
  }
  return out;
}

// "type=AGREE", "merge"
Action action(std::string_view text, const Place& place) {
  static const std::map<std::string, Kind, std::less<>> kinds = {{"type", Kind::kType},
                                                                 {"status", Kind::kStatus},
                                                                 {"mode", Kind::kMode},
                                                                 {"merge", Kind::kMerge},
                                                                 {"swap", Kind::kSwap},
                                                                 {"unshare", Kind::kUnshare},
                                                                 {"historical", Kind::kHistorical},
                                                                 {"also", Kind::kAlso},
                                                                 {"drop", Kind::kDrop}};
  const size_t equals = std::min(text.find('='), text.size());
  const auto kind = kinds.find(base::trim(text.substr(0, equals)));
  if (kind == kinds.end()) place.fail("no such action: " + std::string(text));
  Action out{kind->second, std::string(base::trim(text.substr(std::min(equals + 1, text.size()))))};
  if (out.kind == Kind::kType || out.kind == Kind::kAlso) {
    if (const auto type = event_type_from(out.value))
      out.type = *type;
    else
      place.fail("no such type: " + out.value);
  }
  if (out.kind == Kind::kStatus) {
    if (const auto status = status_from(out.value))
      out.status = *status;
    else
      place.fail("no such status: " + out.value);
  }
  return out;
}

bool shares(const Event& event, const Participant& actor) {
  return std::any_of(event.recipients.begin(), event.recipients.end(),
                     [&](const Participant& r) { return r.entity == actor.entity; });
}

bool any_shared(const Event& event) {
  return std::any_of(event.actors.begin(), event.actors.end(), [&](const Participant& a) { return shares(event, a); });
}

const char* size_name(size_t size) { return size == 0 ? "none" : size == 1 ? "one" : "many"; }

bool holds_value(const Condition& c, std::string_view value) {
  return std::find(c.values.begin(), c.values.end(), value) != c.values.end();
}

bool holds_size(const Condition& c, size_t size) {
  return holds_value(c, size_name(size)) || (size > 0 && holds_value(c, "some"));
}

bool fits_plain(const Condition& c, const Event& event, const EventWords& words) {
  switch (c.field) {
    case Field::kType: return holds_value(c, to_string(event.type));
    case Field::kStatus: return holds_value(c, to_string(event.status));
    case Field::kMode:
      return event.modes.empty() ? holds_value(c, "-")
                                 : std::any_of(event.modes.begin(), event.modes.end(),
                                               [&](const auto& m) { return holds_value(c, m); });
    case Field::kActors: return holds_size(c, event.actors.size());
    case Field::kRecipients: return holds_size(c, event.recipients.size());
    case Field::kShared: return holds_value(c, any_shared(event) ? "yes" : "no");
    case Field::kHistorical: return holds_value(c, event.historical ? "yes" : "no");
    case Field::kTrigger: return c.phrases.any_in(words.trigger);
    case Field::kTheme: return c.phrases.any_in(words.theme);
    case Field::kNear: return c.phrases.any_in(words.near);
    case Field::kLead: return c.phrases.any_in(words.lead);
  }
  return false;
}

bool fits(const EventRule& rule, const Event& event, const EventWords& words) {
  return std::all_of(rule.when.begin(), rule.when.end(),
                     [&](const Condition& c) { return fits_plain(c, event, words) != c.negated; });
}

// The recipients that act as well become actors only.
void merge(Event& event) {
  for (Participant& r : event.recipients) {
    const bool known = std::any_of(event.actors.begin(), event.actors.end(),
                                   [&](const Participant& a) { return a.entity == r.entity; });
    if (!known) event.actors.push_back(r);
  }
  event.recipients.clear();
}

// Nobody acts on himself: of a shared participant the less sure side goes; the recipient on a tie.
void unshare(Event& event) {
  std::vector<Participant> actors;
  for (const Participant& a : event.actors) {
    const auto r = std::find_if(event.recipients.begin(), event.recipients.end(),
                                [&](const Participant& p) { return p.entity == a.entity; });
    if (r == event.recipients.end() || a.score >= r->score) actors.push_back(a);
    if (r != event.recipients.end() && a.score >= r->score) event.recipients.erase(r);
  }
  event.actors = std::move(actors);
}

void act(const Action& action, Event& event, RuleOutcome& outcome) {
  switch (action.kind) {
    case Kind::kType:
      event.type = action.type;
      event.modes.clear();
      break;
    case Kind::kStatus: event.status = action.status; break;
    case Kind::kMode:
      event.modes.clear();
      if (action.value != "-") event.modes.push_back(action.value);
      break;
    case Kind::kMerge: merge(event); break;
    case Kind::kSwap: std::swap(event.actors, event.recipients); break;
    case Kind::kUnshare: unshare(event); break;
    case Kind::kHistorical: event.historical = action.value == "yes"; break;
    case Kind::kAlso: outcome.also.push_back(action.type); break;
    case Kind::kDrop: outcome.dropped = true; break;
  }
}

}  // namespace

RuleTable::RuleTable(const std::string& path, const knowledge::Ontology& ontology) {
  Result<std::string> text = base::read_file(path);
  if (!text) throw Failure({ErrorCode::kKnowledge, text.error().message, path});
  const Table table(path, *text, {"id", "when", "then", "reason", "match", "gives", "spares"});
  const auto cell = [&](size_t row, const char* name) { return std::string(table.field(row, table.column(name))); };
  for (size_t row = 0; row < table.rows(); ++row) {
    const Place place{table, row};
    EventRule rule;
    rule.id = cell(row, "id"), rule.reason = cell(row, "reason"), rule.match = cell(row, "match");
    rule.gives = cell(row, "gives"), rule.spares = cell(row, "spares"), rule.line = table.line(row);
    const std::string when = cell(row, "when"), then = cell(row, "then");
    for (std::string_view part : base::split(when, '&')) rule.when.push_back(condition(base::trim(part), place));
    for (std::string_view part : base::split(then, '&')) rule.then.push_back(action(base::trim(part), place));
    for (const Action& a : rule.then) {
      if (a.kind != Kind::kMode || a.value == "-") continue;
      bool known = false;
      for (int t = 0; t < kEventTypes; ++t) known |= ontology.has_mode(static_cast<EventType>(t), a.value);
      if (!known) place.fail("no such mode: " + a.value);
    }
    if (rule.id.empty() || rule.reason.empty() || rule.match.empty() || rule.spares.empty()) {
      place.fail("a rule needs an id, a reason and its two sentences");
    }
    rules_.push_back(std::move(rule));
  }
}

RuleOutcome RuleTable::apply(Event& event, const EventWords& words) const {
  RuleOutcome outcome;
  for (const EventRule& rule : rules_) {
    if (!fits(rule, event, words)) continue;
    event.rule += "+" + rule.id;
    const Event before = event;
    const size_t told = outcome.also.size();
    for (const Action& a : rule.then) act(a, event, outcome);
    const std::vector<EventType> also(outcome.also.begin() + static_cast<std::ptrdiff_t>(told), outcome.also.end());
    event.account.steps.push_back({rule.id, change_between(before, event, also), rule.reason});
    if (outcome.dropped) break;
  }
  return outcome;
}

}  // namespace dragoman::coding
