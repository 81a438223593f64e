// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "dragoman/store.h"

namespace dragoman {

/// What the values of a field may be.
enum class FieldKind {
  kText,         ///< anything but nothing: an empty value would list everything
  kChoice,       ///< one of `choices`; where they are capitals, small letters do as well
  kDate,         ///< YYYY-MM-DD, YYYY-MM or YYYY
  kNumber,       ///< a whole number
  kRows,         ///< how many at most: a whole number from 1
  kProbability,  ///< 0 to 1
  kFlag,         ///< on the command line its name alone; over HTTP "true" or "false"
  kWords,        ///< one or several of `choices`, with commas between them
};

/// A field of a request by the word that every door has for it: `name` = "min-confidence" is the command line's
/// --min-confidence and HTTP's ?min-confidence=.
template <class Request>
struct QueryField {
  std::string name;
  std::string value;  ///< what a help calls its value: "DATE"
  std::string help;   ///< one line for people
  FieldKind kind = FieldKind::kText;
  std::function<void(Request&, const std::string& value)> set;  ///< of a value without a fault
  std::vector<std::string> choices = {};
  bool required = false;
  std::function<std::string(const Request&)> get = {};  ///< "" where it is not set; fields of kText, kChoice and kDate
};

/// The fields of each request. Those of a listing of events are the filters, then its order and pages.
const std::vector<QueryField<EventQuery>>& event_filters();
const std::vector<QueryField<EventQuery>>& fields_of(const EventQuery&);
const std::vector<QueryField<PlaceQuery>>& fields_of(const PlaceQuery&);
const std::vector<QueryField<CorrectionQuery>>& fields_of(const CorrectionQuery&);
const std::vector<QueryField<DocumentQuery>>& fields_of(const DocumentQuery&);
const std::vector<QueryField<StatementQuery>>& fields_of(const StatementQuery&);
const std::vector<QueryField<PositionQuery>>& fields_of(const PositionQuery&);
const std::vector<QueryField<StoryQuery>>& fields_of(const StoryQuery&);
const std::vector<QueryField<StorylineQuery>>& fields_of(const StorylineQuery&);
const std::vector<QueryField<InstrumentQuery>>& fields_of(const InstrumentQuery&);
const std::vector<QueryField<CountQuery>>& fields_of(const CountQuery&);

/// What is wrong with a value, as a sentence; "" if nothing is. `choices` as in the field.
std::string fault_of_value(FieldKind kind, const std::vector<std::string>& choices, const std::string& value);

/// What is wrong with a value that should be a probability; "" if it is one ("0.35", ".5", "1").
std::string fault_of_probability(const std::string& value);

}  // namespace dragoman
