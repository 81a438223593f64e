// SPDX-License-Identifier: Apache-2.0
#include "dragoman/query_fields.h"

#include <algorithm>
#include <cctype>

#include "base/names.h"
#include "base/text.h"
#include "store/days.h"
#include "store/embedded.h"

namespace dragoman {
namespace {

constexpr size_t kLongest = 20;  // digits that still say something

std::string capitals(std::string value) {
  std::transform(value.begin(), value.end(), value.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return value;
}

bool holds(const std::vector<std::string>& choices, std::string_view value) {
  return std::find(choices.begin(), choices.end(), value) != choices.end();
}

bool is_number(const std::string& value) {
  return !value.empty() && value.size() < 19 && value.find_first_not_of("0123456789") == std::string::npos;
}

std::string none_of(std::string_view value, const std::vector<std::string>& choices) {
  return std::string("\"").append(value).append("\" is none of ").append(base::join(choices, ", "));
}

std::string fault_of_words(const std::vector<std::string>& choices, const std::string& value) {
  std::vector<std::string_view> before;
  for (const std::string_view word : base::split(value, ',')) {
    if (!holds(choices, word)) return none_of(word, choices);
    if (std::find(before.begin(), before.end(), word) != before.end()) {
      return std::string("\"").append(word).append("\" is given twice");
    }
    before.push_back(word);
  }
  return "";
}

/// Keys of data/ontology/issues.tsv, in its order.
const std::vector<std::string>& issue_keys() {
  static const auto keys = [] {
    std::vector<std::string> all;
    embedded::rows(embedded::ontology_issues, 3, [&](const auto& cells, size_t line) {
      if (line > 1) all.emplace_back(cells[0]);
    });
    return all;
  }();
  return keys;
}

EventOrder order_named(const std::string& name) {
  if (name == "newest") return EventOrder::kNewest;
  if (name == "confidence") return EventOrder::kConfidence;
  if (name == "score") return EventOrder::kScore;
  return EventOrder::kDate;
}

/// A field whose value is kept as it is.
template <class Request>
QueryField<Request> text(const char* name, std::string Request::*member, const char* value, const char* help) {
  return {name,
          value,
          help,
          FieldKind::kText,
          [member](Request& query, const std::string& given) { query.*member = given; },
          {},
          false,
          [member](const Request& query) { return query.*member; }};
}

template <class Request>
QueryField<Request> date(const char* name, std::string Request::*member, const char* help) {
  QueryField<Request> field = text(name, member, "DATE", help);
  field.kind = FieldKind::kDate;
  return field;
}

template <class Request>
QueryField<Request> choice(const char* name, std::string Request::*member, const char* value, const char* help,
                           std::vector<std::string> choices) {
  QueryField<Request> field = text(name, member, value, help);
  field.kind = FieldKind::kChoice;
  field.choices = std::move(choices);
  return field;
}

template <class Request>
QueryField<Request> number(const char* name, uint64_t Request::*member, const char* help) {
  return {name, "N", help, FieldKind::kNumber,
          [member](Request& query, const std::string& given) { query.*member = std::stoull(given); }};
}

template <class Request>
QueryField<Request> rows(uint64_t Request::*member) {
  QueryField<Request> field = number("limit", member, "At most so many");
  field.kind = FieldKind::kRows;
  return field;
}

template <class Request>
QueryField<Request> flag(const char* name, bool Request::*member, const char* help) {
  return {name, "", help, FieldKind::kFlag,
          [member](Request& query, const std::string& given) { query.*member = given == "true"; }};
}

template <class Request>
QueryField<Request> min_confidence() {
  return {"min-confidence", "P", "At least so probable; 0 to 1", FieldKind::kProbability,
          [](Request& query, const std::string& given) { query.min_confidence = std::stod(given); }};
}

/// The filters of events as fields of a request that holds an EventQuery.
template <class Request>
void add_filters(std::vector<QueryField<Request>>& fields) {
  for (const QueryField<EventQuery>& one : event_filters()) {
    QueryField<Request> field{one.name,
                              one.value,
                              one.help,
                              one.kind,
                              [set = one.set](Request& query, const std::string& given) { set(query.events, given); },
                              one.choices};
    if (one.get) field.get = [get = one.get](const Request& query) { return get(query.events); };
    fields.push_back(std::move(field));
  }
}

/// What the fields say of the request's values.
template <class Request>
std::optional<Error> fault_in(const Request& query, const std::vector<QueryField<Request>>& fields) {
  for (const QueryField<Request>& field : fields) {
    const std::string value = field.get ? field.get(query) : "";
    if (value.empty()) continue;
    const bool small = field.kind == FieldKind::kChoice && !holds(field.choices, value);  // set() makes capitals
    const std::string fault = small ? none_of(value, field.choices) : fault_of_value(field.kind, field.choices, value);
    if (!fault.empty()) return Error{ErrorCode::kUsage, fault, field.name};
  }
  return std::nullopt;
}

constexpr const char* kFirstDay = "First day: YYYY-MM-DD, YYYY-MM or YYYY";
constexpr const char* kLastDay = "Last day, likewise";
constexpr const char* kOneDocument = "Of this document only (id or source)";
constexpr const char* kCorrected = "As corrections say, where there are any";

/// The field of an event's type: "assault" is ASSAULT.
QueryField<EventQuery> event_type() {
  QueryField<EventQuery> field =
      choice("type", &EventQuery::type, "TYPE", "PLOVER type, e.g. ASSAULT", base::names_of<EventType>(kEventTypes));
  field.set = [](EventQuery& query, const std::string& given) { query.type = capitals(given); };
  return field;
}

}  // namespace

const std::vector<QueryField<EventQuery>>& event_filters() {
  using Q = EventQuery;
  static const std::vector<QueryField<Q>> fields = {
      text("actor", &Q::actor, "WHO", "Who acts: a country code, a name or the beginning of one of its words"),
      text("recipient", &Q::recipient, "WHO", "Towards whom, likewise"),
      event_type(),
      date("from", &Q::from, kFirstDay),
      date("to", &Q::to, kLastDay),
      choice("status", &Q::status, "STATUS", "actual, future, hypothetical, negated or alleged",
             base::names_of<Status>(kStatuses)),
      text("text", &Q::text, "WORDS", "Words that the sentence holds; attack* for words that so begin"),
      text("document", &Q::document, "DOC", kOneDocument),
      min_confidence<Q>(),
  };
  return fields;
}

const std::vector<QueryField<EventQuery>>& fields_of(const EventQuery&) {
  using Q = EventQuery;
  static const std::vector<QueryField<Q>> fields = [] {
    std::vector<QueryField<Q>> all = event_filters();
    all.push_back({"sort",
                   "ORDER",
                   "date (default), newest, confidence or score",
                   FieldKind::kChoice,
                   [](Q& query, const std::string& given) { query.order = order_named(given); },
                   {"date", "newest", "confidence", "score"}});
    all.push_back(flag("corrected", &Q::corrected, kCorrected));
    all.push_back(text("after", &Q::after, "ID", "Go on behind this event (id in full) of the same listing"));
    all.push_back(rows(&Q::limit));
    return all;
  }();
  return fields;
}

const std::vector<QueryField<PlaceQuery>>& fields_of(const PlaceQuery&) {
  using Q = PlaceQuery;
  static const std::vector<QueryField<Q>> fields = [] {
    std::vector<QueryField<Q>> all;
    add_filters(all);
    all.push_back(rows(&Q::limit));
    return all;
  }();
  return fields;
}

const std::vector<QueryField<CorrectionQuery>>& fields_of(const CorrectionQuery&) {
  using Q = CorrectionQuery;
  static const std::vector<QueryField<Q>> fields = {
      text("event", &Q::event, "EVENT", "Of this event only (id in full)"),
      text("document", &Q::document, "DOC", kOneDocument),
      text("author", &Q::author, "NAME", "By this author only"),
      choice("action", &Q::action, "ACTION", "accept, reject or change", {"accept", "reject", "change"}),
      rows(&Q::limit),
  };
  return fields;
}

const std::vector<QueryField<DocumentQuery>>& fields_of(const DocumentQuery&) {
  using Q = DocumentQuery;
  static const std::vector<QueryField<Q>> fields = {
      text("text", &Q::text, "WORDS", "Words that a sentence of it holds; attack* for words that so begin"),
      text("publisher", &Q::publisher, "NAME", "Published by, as the article names it"),
      text("language", &Q::language, "CODE", "In this language, e.g. en"),
      date("from", &Q::from, "First day of publication: YYYY-MM-DD, YYYY-MM or YYYY"),
      date("to", &Q::to, kLastDay),
      text("after", &Q::after, "ID", "Go on behind this document (id in full) of the same listing"),
      rows(&Q::limit),
  };
  return fields;
}

const std::vector<QueryField<StatementQuery>>& fields_of(const StatementQuery&) {
  using Q = StatementQuery;
  static const std::vector<QueryField<Q>> fields = {
      text("speaker", &Q::speaker, "WHO", "Who speaks: a country code, a name or the beginning of one of its words"),
      text("addressee", &Q::addressee, "WHO", "To whom, likewise"),
      choice("issue", &Q::issue, "KEY", "Key of an issue on which it tells a position", issue_keys()),
      text("text", &Q::text, "WORDS", "Words that a sentence of it holds; attack* for words that so begin"),
      choice("kind", &Q::kind, "KIND", "direct, indirect or mixed", {"direct", "indirect", "mixed"}),
      text("act", &Q::act, "ACT", "Act of speech, e.g. deny"),
      date("from", &Q::from, kFirstDay),
      date("to", &Q::to, kLastDay),
      text("document", &Q::document, "DOC", kOneDocument),
      min_confidence<Q>(),
      flag("newest", &Q::newest_first, "Newest first; else oldest first"),
      text("after", &Q::after, "ID", "Go on behind this statement (id in full) of the same listing"),
      rows(&Q::limit),
  };
  return fields;
}

const std::vector<QueryField<PositionQuery>>& fields_of(const PositionQuery&) {
  using Q = PositionQuery;
  static const std::vector<QueryField<Q>> fields = {
      text("actor", &Q::actor, "WHO", "Whose: a country code, a name or the beginning of one of its words"),
      choice("issue", &Q::issue, "KEY", "Key of the issue, e.g. arms-supplies", issue_keys()),
      choice("stance", &Q::stance, "STANCE", "for, against, conditional or neutral",
             {"for", "against", "conditional", "neutral"}),
      date("from", &Q::from, kFirstDay),
      date("to", &Q::to, kLastDay),
      flag("changes", &Q::changes, "Only where the stance is another than before"),
      rows(&Q::limit),
  };
  return fields;
}

const std::vector<QueryField<StoryQuery>>& fields_of(const StoryQuery&) {
  using Q = StoryQuery;
  static const std::vector<QueryField<Q>> fields = [] {
    std::vector<QueryField<Q>> all = {
        text("story", &Q::story, "ID", "This story only, by its id, also one it had before"),
        number("min-reports", &Q::min_reports, "Told by so many articles at least"),
        number("min-sources", &Q::min_sources, "Told by so many sources at least; copies count once"),
    };
    add_filters(all);
    all.push_back(text("after", &Q::after, "ID", "Go on behind this story of the same listing"));
    all.push_back(rows(&Q::limit));
    return all;
  }();
  return fields;
}

const std::vector<QueryField<StorylineQuery>>& fields_of(const StorylineQuery&) {
  using Q = StorylineQuery;
  static const std::vector<QueryField<Q>> fields = [] {
    std::vector<QueryField<Q>> all = {
        text("storyline", &Q::storyline, "ID", "This storyline only, by its id, also one it had before"),
        text("story", &Q::story, "ID", "Only that which holds this story"),
        number("min-documents", &Q::min_documents, "Told by so many articles at least; 2 if not given"),
        number("min-stories", &Q::min_stories, "Of so many stories at least; 2 if not given"),
    };
    add_filters(all);
    all.push_back(text("after", &Q::after, "ID", "Go on behind this storyline of the same listing"));
    all.push_back(number("steps", &Q::steps, "Tell so many of its stories at most; all if 0"));
    all.push_back(
        text("after-story", &Q::after_story, "ID", "Only the storyline of this story, told from the next on"));
    all.push_back(rows(&Q::limit));
    return all;
  }();
  return fields;
}

const std::vector<QueryField<InstrumentQuery>>& fields_of(const InstrumentQuery&) {
  using Q = InstrumentQuery;
  static const std::vector<QueryField<Q>> fields = {
      text("name", &Q::name, "WORDS", "Words of one of its names, in any order"),
      text("instrument", &Q::instrument, "ID", "This instrument only, by its id"),
      choice("kind", &Q::kind, "KIND", "plan, agreement, treaty, bill, law, resolution, sanctions or other",
             {"plan", "agreement", "treaty", "bill", "law", "resolution", "sanctions", "other"}),
      text("owner", &Q::owner, "WHO", "Who proposed or made it: a country code, a name or part of one"),
      choice("step", &Q::step, "STEP", "Only where this was told of it, e.g. signed", instrument_steps()),
      date("from", &Q::from, "With a step since: YYYY-MM-DD, YYYY-MM or YYYY"),
      date("to", &Q::to, "With a step until, likewise"),
      number("min-reports", &Q::min_reports, "Told of by so many articles at least"),
      flag("largest", &Q::largest_first, "Those that most articles tell of first; else by name"),
      text("after", &Q::after, "ID", "Go on behind this instrument of the same listing"),
      number("steps", &Q::steps, "Tell so many of its steps at most; all if 0"),
      text("after-step", &Q::after_step, "EVENT", "Only those that this event concerns, told from the next step on"),
      rows(&Q::limit),
  };
  return fields;
}

const std::vector<QueryField<CountQuery>>& fields_of(const CountQuery&) {
  using Q = CountQuery;
  static const std::vector<QueryField<Q>> fields = [] {
    std::vector<QueryField<Q>> all = {
        {"by", "KEYS", "What to count by, one or several of " + base::join(count_keys(), ", "), FieldKind::kWords,
         [](Q& query, const std::string& given) {
           for (const auto part : base::split(given, ',')) query.by.emplace_back(part);
         },
         count_keys(), true, [](const Q& query) { return base::join(query.by, ","); }}};
    add_filters(all);
    all.push_back({"corrected",
                   "",
                   kCorrected,
                   FieldKind::kFlag,
                   [](Q& query, const std::string& given) { query.events.corrected = given == "true"; },
                   {}});
    all.push_back(flag("largest", &Q::largest_first, "Largest groups first; else in order of the keys"));
    all.push_back(rows(&Q::limit));
    return all;
  }();
  return fields;
}

std::optional<Error> fault_of(const EventQuery& query) { return fault_in(query, fields_of(query)); }
std::optional<Error> fault_of(const PlaceQuery& query) { return fault_in(query, fields_of(query)); }
std::optional<Error> fault_of(const CorrectionQuery& query) { return fault_in(query, fields_of(query)); }
std::optional<Error> fault_of(const DocumentQuery& query) { return fault_in(query, fields_of(query)); }
std::optional<Error> fault_of(const StatementQuery& query) { return fault_in(query, fields_of(query)); }
std::optional<Error> fault_of(const PositionQuery& query) { return fault_in(query, fields_of(query)); }
std::optional<Error> fault_of(const StoryQuery& query) { return fault_in(query, fields_of(query)); }
std::optional<Error> fault_of(const StorylineQuery& query) { return fault_in(query, fields_of(query)); }
std::optional<Error> fault_of(const InstrumentQuery& query) {
  constexpr std::ptrdiff_t kMostWords = 100;  // of a name
  if (std::count(query.name.begin(), query.name.end(), ' ') >= kMostWords) {
    return Error{ErrorCode::kUsage, "more than " + std::to_string(kMostWords) + " words", "name"};
  }
  return fault_in(query, fields_of(query));
}

std::optional<Error> fault_of(const CountQuery& query) {
  if (query.by.empty()) {
    return Error{ErrorCode::kUsage, "tell what to count by: " + base::join(count_keys(), ", "), "by"};
  }
  return fault_in(query, fields_of(query));
}

std::string fault_of_probability(const std::string& value) {
  const bool number = !value.empty() && value.size() <= kLongest && value.find_first_of("0123456789") < value.size() &&
                      value.find_first_not_of("0123456789.") == std::string::npos &&
                      std::count(value.begin(), value.end(), '.') <= 1;
  return number && std::stod(value) <= 1 ? "" : "\"" + value + "\" is no probability; use 0 to 1, such as 0.6";
}

std::string fault_of_value(FieldKind kind, const std::vector<std::string>& choices, const std::string& value) {
  switch (kind) {
    case FieldKind::kText: return value.empty() ? "the value is empty; leave the option out to list all" : "";
    case FieldKind::kChoice:
      return holds(choices, value) || holds(choices, capitals(value)) ? "" : none_of(value, choices);
    case FieldKind::kWords: return fault_of_words(choices, value);
    case FieldKind::kDate:
      return store::days_of(value) ? "" : "\"" + value + "\" is no date; use YYYY-MM-DD, YYYY-MM or YYYY";
    case FieldKind::kProbability: return fault_of_probability(value);
    case FieldKind::kFlag:
      return value == "true" || value == "false" ? "" : "\"" + value + "\" is neither true nor false";
    case FieldKind::kNumber: return is_number(value) ? "" : "\"" + value + "\" is no number";
    case FieldKind::kRows:
      return is_number(value) && std::stoull(value) > 0 ? "" : "\"" + value + "\" is no number of rows; use 1 or more";
  }
  return "";
}

}  // namespace dragoman
