// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dragoman/analysis.h"
#include "dragoman/date.h"
#include "dragoman/span.h"

namespace dragoman {

/// An entity in a role of a clause. Country and sectors are those of the mention in this clause.
struct Participant {
  uint32_t entity = 0;  ///< index into Record::entities
  Span span;
  std::string country;
  std::vector<std::string> sectors;
  float score = 1.0F;
};

enum class SourceKind : uint8_t { kSpeaker, kMedium, kDocument };
const char* to_string(SourceKind kind);

/// One link of the chain by which the article knows of something.
struct Source {
  uint32_t entity = 0;
  SourceKind kind = SourceKind::kSpeaker;
  std::optional<Span> cue;
};

struct Location {
  std::string name;
  std::string country;
  std::optional<int64_t> geonames;
  std::optional<double> lat, lon;
  std::string precision;  ///< city, district, province, country, region; "" if not known
  Span span;
};

/// A time expression of the text, whether or not an act has it as its date.
struct TimeMention {
  Span span;
  std::string value;  ///< ISO 8601; "" where it counts from a day that is not known
  Precision precision = Precision::kDay;
};

/// A rule that changed an event.
struct RuleStep {
  std::string rule;    ///< its id, "retelling", ...
  std::string change;  ///< "status actual → negated"
  std::string reason;
};

/// What lies behind an event or a statement; in a record's JSON only when asked for.
struct Account {
  std::vector<ConfidencePart> confidence;
  std::vector<RoleFiller> fillers;  ///< all that the role heads marked, also what was taken for nobody
  std::vector<ScoredMode> modes;
  float historical = 0;  ///< probability
  std::vector<RuleStep> steps;

  bool empty() const { return confidence.empty() && fillers.empty() && modes.empty() && steps.empty(); }
};

/// One coded act. See the contract's schema for the meaning of each field.
struct Event {
  EventType type = EventType::kAgree;
  std::vector<std::string> modes;
  std::vector<std::string> contexts;
  std::string cameo;  ///< "" if the text supports none
  std::string quad;   ///< "verbal-cooperation", ...
  double score = 0;   ///< PLOVER conflict-cooperation score
  Status status = Status::kActual;
  bool historical = false;
  std::vector<Participant> actors;
  std::vector<Participant> recipients;
  std::optional<Span> theme;
  std::optional<uint32_t> about;  ///< index into Record::events
  std::vector<Location> locations;
  std::optional<Date> date;
  std::vector<Source> attribution;
  std::vector<uint32_t> instruments;
  std::vector<uint32_t> quantities;
  Span trigger;
  uint32_t sentence = 0;
  std::string rule;
  double confidence = 0;                         ///< probability that an act of this type is told in its sentence
  std::array<float, kEventTypes> type_scores{};  ///< for explain: the trigger head's probabilities
  std::array<float, kStatuses> status_scores{};
  Account account;
};

enum class StatementKind : uint8_t { kDirect, kIndirect, kMixed };
const char* to_string(StatementKind kind);

/// One attributed utterance.
struct Statement {
  StatementKind kind = StatementKind::kIndirect;
  std::optional<Participant> speaker;
  std::vector<Participant> addressees;
  std::string act;  ///< say, claim, deny, warn, ...; "" if not known
  std::optional<Span> cue;
  Span content;
  std::vector<Source> via;
  std::optional<Date> date;
  uint32_t sentence = 0;
  double confidence = 0;  ///< probability that this was said by somebody, to half its length or more
  Account account;
};

enum class QuantityKind : uint8_t {
  kMoney,
  kVote,
  kKilled,
  kInjured,
  kArrested,
  kParticipants,
  kCount,
  kPercent,
  kDuration,
  kDistance,
  kOther
};
const char* to_string(QuantityKind kind);

/// By how much, how long or how far: percent, duration, distance. The codebook does not count these among quantities,
/// so a record's JSON has them apart, as `measures`.
constexpr bool is_measure(QuantityKind kind) {
  return kind == QuantityKind::kPercent || kind == QuantityKind::kDuration || kind == QuantityKind::kDistance;
}

struct Quantity {
  QuantityKind kind = QuantityKind::kCount;
  std::optional<double> value;
  std::optional<std::pair<double, double>> range;
  std::string unit;  ///< ISO 4217 for money, else the counted noun; "" if none
  std::optional<int64_t> votes_for, votes_against, votes_abstaining;
  Span span;
};

enum class InstrumentKind : uint8_t { kPlan, kAgreement, kTreaty, kBill, kLaw, kResolution, kSanctions, kOther };
const char* to_string(InstrumentKind kind);

struct Instrument {
  InstrumentKind kind = InstrumentKind::kOther;
  std::string name;
  std::optional<uint32_t> owner;  ///< index into Record::entities
  std::vector<Span> mentions;
};

enum class Stance : uint8_t { kFor, kAgainst, kConditional, kNeutral };
const char* to_string(Stance stance);

struct Position {
  uint32_t holder = 0;             ///< index into Record::entities
  std::string issue;               ///< key of issues.tsv
  std::optional<uint32_t> object;  ///< index into Record::entities
  Stance stance = Stance::kFor;
  std::vector<uint32_t> events;      ///< evidence
  std::vector<uint32_t> statements;  ///< evidence
};

}  // namespace dragoman
