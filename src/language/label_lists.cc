// SPDX-License-Identifier: Apache-2.0
#include "language/label_lists.h"

#include <simdjson.h>

#include <initializer_list>

#include "base/names.h"
#include "dragoman/analysis.h"

namespace dragoman::language {
namespace {

[[noreturn]] void refuse(const neural::Model& model, const std::string& why) {
  throw Failure({ErrorCode::kModel, why, model.path("manifest.json")});
}

std::vector<std::string> list(const neural::Model& model, simdjson::dom::element heads, const char* key) {
  simdjson::dom::array array;
  if (heads[key].get(array) != simdjson::SUCCESS) refuse(model, std::string("lacks the list \"heads.") + key + "\"");
  std::vector<std::string> names;
  for (const simdjson::dom::element item : array) {
    std::string_view name;
    if (item.get(name) != simdjson::SUCCESS)
      refuse(model, std::string("\"heads.") + key + "\" holds something that is no name");
    names.emplace_back(name);
  }
  return names;
}

void expect(const neural::Model& model, simdjson::dom::element heads, const char* key,
            const std::vector<std::string>& ours) {
  if (list(model, heads, key) != ours)
    refuse(model, std::string("\"heads.") + key + "\" is another list than this program knows");
}

/// "heads.thresholds.KEY", if it is there, in place of `value`.
void read_threshold(const neural::Model& model, simdjson::dom::element heads, const char* key, double& value) {
  if (heads["thresholds"].error() == simdjson::NO_SUCH_FIELD) return;
  const auto error = heads["thresholds"][key].get(value);
  if (error == simdjson::NO_SUCH_FIELD) return;
  if (error != simdjson::SUCCESS || !(value >= 0 && value <= 1)) {
    refuse(model, std::string("\"heads.thresholds.") + key + "\" is no probability");
  }
}

}  // namespace

void check_event_types(const neural::Model& model) {
  simdjson::dom::parser parser;
  simdjson::dom::element heads;
  if (parser.parse(model.heads_json()).get(heads) != simdjson::SUCCESS) refuse(model, "\"heads\" cannot be read");
  expect(model, heads, "event_types", base::names_of<EventType>(kEventTypes));
}

void check_sizes(const neural::Model& model, const WordPiece& tokenizer, uint32_t pieces) {
  const neural::EncoderSizes& sizes = model.encoder();
  if (tokenizer.size() != sizes.vocab) {
    throw Failure({ErrorCode::kModel, "has another number of pieces than the manifest tells", model.path("vocab.txt")});
  }
  if (sizes.shapes != kShapes || sizes.positions < static_cast<int>(pieces) + 2) {
    throw Failure({ErrorCode::kModel, "has another number of word shapes or too few positions for this program",
                   model.path("manifest.json")});
  }
}

LabelLists read_label_lists(const neural::Model& model) {
  simdjson::dom::parser parser;
  simdjson::dom::element heads;
  if (parser.parse(model.heads_json()).get(heads) != simdjson::SUCCESS) refuse(model, "\"heads\" cannot be read");
  expect(model, heads, "event_types", base::names_of<EventType>(kEventTypes));
  expect(model, heads, "statuses", base::names_of<Status>(kStatuses));
  expect(model, heads, "roles", {"actor", "recipient", "theme", "place"});
  expect(model, heads, "quote_roles", {"content", "speaker"});
  expect(model, heads, "name_kinds", base::names_of<MentionKind>(5));
  expect(model, heads, "mention_kinds", {"person", "organization", "place", "other"});
  expect(model, heads, "forms", base::names_of<Form>(3));
  LabelLists lists;
  lists.modes = list(model, heads, "modes");
  read_threshold(model, heads, "trigger", lists.trigger);
  read_threshold(model, heads, "cue", lists.cue);
  read_threshold(model, heads, "recipient", lists.recipient);
  return lists;
}

GrammarLabels read_grammar_labels(const neural::Model& model) {
  simdjson::dom::parser parser;
  simdjson::dom::element heads;
  simdjson::dom::element parse;
  if (parser.parse(model.heads_json()).get(heads) != simdjson::SUCCESS) refuse(model, "\"heads\" cannot be read");
  if (heads["parse"].get(parse) != simdjson::SUCCESS) refuse(model, "lacks \"heads.parse\"");
  return {list(model, parse, "upos"), list(model, parse, "xpos"), list(model, parse, "feats"),
          list(model, parse, "relations"), list(model, parse, "lemmas")};
}

}  // namespace dragoman::language
