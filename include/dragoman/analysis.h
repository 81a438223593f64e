// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dragoman/grammar.h"
#include "dragoman/span.h"

namespace dragoman {

/// The 16 categories of PLOVER 2.0, in the order of the contract's schema.
enum class EventType : uint8_t {
  kAgree,
  kConsult,
  kSupport,
  kConcede,
  kCooperate,
  kAid,
  kRetreat,
  kRequest,
  kAccuse,
  kReject,
  kThreaten,
  kProtest,
  kSanction,
  kMobilize,
  kCoerce,
  kAssault
};
inline constexpr int kEventTypes = 16;

enum class Status : uint8_t { kActual, kFuture, kHypothetical, kNegated, kAlleged };
inline constexpr int kStatuses = 5;

const char* to_string(EventType type);  ///< "AGREE", ...
const char* to_string(Status status);   ///< "actual", ...
std::optional<EventType> event_type_from(std::string_view name);
std::optional<Status> status_from(std::string_view name);

enum class Form : uint8_t { kName, kNominal, kPronoun };
const char* to_string(Form form);

/// What a mention speaks of, as the reader sees it (the knowledge refines it).
enum class MentionKind : uint8_t { kPerson, kOrganization, kPlace, kPeople, kOther };
inline constexpr size_t kMentionKinds = 5;
const char* to_string(MentionKind kind);

/// A stretch of text that speaks of somebody, something or some place: "Zhang Jun", "the two
/// leaders", "he". Mentions may nest; they are sorted by (begin, longer first) and unique by span.
struct Mention {
  Span span;
  Span head;  ///< the word the mention turns on: "ambassador" in "China's ambassador to the UN"
  Form form = Form::kName;
  MentionKind kind = MentionKind::kOther;
  float score = 1.0F;  ///< probability given by the reader
  /// Probability of each kind, in their order, of a name that the reader found; all 0 of other mentions.
  std::array<float, kMentionKinds> kinds{};

  /// Whether the reader took it for a name, and not only for a phrase that ends with one.
  bool is_read_as_name() const {
    return std::any_of(kinds.begin(), kinds.end(), [](float p) { return p > 0; });
  }
};

/// An earlier mention that a mention may mean again.
struct Antecedent {
  uint32_t mention = 0;  ///< index into Analysis::mentions
  float score = 0;       ///< log-odds against a mention of something new
};

enum class Role : uint8_t { kActor, kRecipient, kTheme, kPlace, kDate };
inline constexpr int kRoles = 5;
const char* to_string(Role role);

/// A span that fills a role of a trigger.
struct RoleFiller {
  Role role = Role::kActor;
  Span span;
  float score = 1.0F;
};

/// One thing that a confidence is reckoned from, and how far it moves the log-odds.
struct ConfidencePart {
  std::string of;   ///< "trigger", "actor", "cue", ...; "base" for what all begin with
  float value = 0;  ///< as the head gave it: a probability, else 0 or 1 or a count
  float adds = 0;   ///< to the log-odds
};

struct ScoredMode {
  std::string mode;
  float score = 0;
};

/// A word or phrase that tells an act, with what the heads said of it.
struct Trigger {
  Span span;
  EventType type = EventType::kAgree;
  std::array<float, kEventTypes> type_scores{};  ///< probabilities; what is left over is "no event"
  Status status = Status::kActual;
  std::array<float, kStatuses> status_scores{};
  float historical = 0.0F;              ///< probability that the act is background
  std::vector<std::string> modes;       ///< PLOVER modes of the type, best first
  std::vector<RoleFiller> fillers;      ///< in text order within each role
  uint32_t sentence = 0;                ///< index into Analysis::sentences
  float confidence = 0.0F;              ///< calibrated probability that such an act is told here
  std::vector<ConfidencePart> parts;    ///< what it is reckoned from
  std::vector<ScoredMode> mode_scores;  ///< of all modes worth a mention, best first
};

/// A piece of attributed speech: one cue may carry several contents (a split quotation).
struct Utterance {
  Span content;                 ///< without its quotation marks, cue and speaker
  std::optional<Span> cue;      ///< verb or phrase of saying
  std::optional<Span> speaker;  ///< mention of the speaker near the cue, if any
  float score = 1.0F;
  uint32_t sentence = 0;              ///< sentence in which the content begins
  float confidence = 0.0F;            ///< calibrated probability that this was said
  std::vector<ConfidencePart> parts;  ///< what it is reckoned from
};

/// What reading gave, all as spans of one article's text.
struct Analysis {
  std::vector<Span> words;        ///< in order, no overlaps
  std::vector<Span> sentences;    ///< in order, no overlaps, only inside read blocks
  std::vector<Mention> mentions;  ///< the span of each actor, recipient and speaker is among them
  std::vector<Trigger> triggers;  ///< in text order
  std::vector<Utterance> utterances;
  /// One a mention, best first; none at all where grammar was not asked for or the model has no head for them.
  std::vector<std::vector<Antecedent>> antecedents;
  std::vector<std::vector<uint32_t>> chains;  ///< mentions that mean the same, two at least; by the best antecedents
  std::vector<SentenceGrammar> grammar;       ///< one a sentence; empty where it was not asked for

  /// Index of the sentence that holds byte `at`, or of the last one before it; 0 if none.
  uint32_t sentence_at(uint32_t at) const;
};

}  // namespace dragoman
