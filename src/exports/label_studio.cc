// SPDX-License-Identifier: Apache-2.0
// Tasks as texts.cc writes them: an event is the region "e3" with its type as label, its participants are regions that
// a relation labelled actor or recipient leads to. What people add has ids of Label Studio's own.
#include "dragoman/label_studio.h"

#include <simdjson.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "dragoman/record.h"

namespace dragoman {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

std::string text_of(const object& fields, std::string_view name) {
  std::string_view text;
  return fields[name].get(text) == simdjson::SUCCESS ? std::string(text) : "";
}

/// A mark on the text.
struct Region {
  std::string label, words;
  int64_t begin = 0, end = 0;
};

/// The marks and relations of one annotation or prediction.
struct Marks {
  std::map<std::string, Region> regions;
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> relations;  // from → (label, to)

  Marks() = default;
  explicit Marks(const object& annotation) {
    array result;
    if (annotation["result"].get(result) != simdjson::SUCCESS) return;
    for (const auto& one : result) {
      object fields;
      if (one.get(fields) == simdjson::SUCCESS) add(fields);
    }
  }

  /// The words of the participants of an event, in order of the text.
  std::vector<Region> participants(const std::string& event, const std::string& role) const {
    std::vector<Region> all;
    const auto found = relations.find(event);
    if (found == relations.end()) return all;
    for (const auto& [label, to] : found->second) {
      const auto region = regions.find(to);
      if (label == role && region != regions.end()) all.push_back(region->second);
    }
    std::sort(all.begin(), all.end(), [](const Region& a, const Region& b) { return a.begin < b.begin; });
    return all;
  }

 private:
  static std::string first_label(const object& fields) {
    array labels;
    std::string_view label;
    if (fields["labels"].get(labels) != simdjson::SUCCESS || labels.size() == 0) return "";
    return labels.at(0).get(label) == simdjson::SUCCESS ? std::string(label) : "";
  }

  void add(const object& fields) {
    const std::string type = text_of(fields, "type");
    if (type == "relation") {
      relations[text_of(fields, "from_id")].emplace_back(first_label(fields), text_of(fields, "to_id"));
      return;
    }
    object value;
    if (fields["value"].get(value) != simdjson::SUCCESS) return;
    Region region;
    region.label = first_label(value);
    region.words = text_of(value, "text");
    if (value["start"].get(region.begin) || value["end"].get(region.end)) return;
    regions[text_of(fields, "id")] = region;
  }
};

bool same(const std::vector<Region>& a, const std::vector<Region>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Region& x, const Region& y) { return x.begin == y.begin && x.end == y.end; });
}

std::string words_of(const std::vector<Region>& regions) {
  std::vector<std::string> all;
  for (const Region& one : regions) all.push_back(one.words);
  return all.empty() ? "-" : base::join(all, "; ");
}

std::string author_of(const object& annotation) {
  element who;
  if (annotation["completed_by"].get(who) != simdjson::SUCCESS) return "";
  object person;
  if (who.get(person) == simdjson::SUCCESS) return text_of(person, "email");
  std::string_view name;
  if (who.get(name) == simdjson::SUCCESS) return std::string(name);
  return who.is_int64() || who.is_uint64() ? "Label Studio user " + simdjson::minify(who) : "";
}

/// "e3": an event of the record.
bool is_event(const std::string& id) {
  return id.size() > 1 && id.front() == 'e' && id.find_first_not_of("0123456789", 1) == std::string::npos;
}

class Tasks {
 public:
  explicit Tasks(const Store& store) : store_(store) {}

  void add(const object& task) {
    object data;
    array annotations;
    if (task["data"].get(data) || task["annotations"].get(annotations) || annotations.size() == 0) return;
    ++out.tasks;
    const std::string document = text_of(data, "document");
    if (document.empty() || !store_.record_json(document)) {
      ++out.unknown_documents;
      return;
    }
    const Marks shown = prediction(task);
    for (const auto& one : annotations) {
      object annotation;
      bool cancelled = false;
      if (one.get(annotation) != simdjson::SUCCESS) continue;
      if (annotation["was_cancelled"].get(cancelled) == simdjson::SUCCESS && cancelled) continue;
      compare(document, shown, annotation);
    }
  }

  LabelStudioCorrections out;

 private:
  static Marks prediction(const object& task) {
    array predictions;
    object first;
    if (task["predictions"].get(predictions) || predictions.size() == 0 || predictions.at(0).get(first)) {
      return {};
    }
    return Marks(first);
  }

  void compare(const std::string& document, const Marks& shown, const object& annotation) {
    const Marks now(annotation);
    for (const auto& [id, before] : shown.regions) {
      if (!is_event(id)) continue;
      Correction one;
      one.event_id = document + "#" + id.substr(1);
      one.author = author_of(annotation);
      one.time = text_of(annotation, "updated_at");
      if (one.time.empty()) one.time = text_of(annotation, "created_at");
      judge(one, id, before, shown, now);
      out.corrections.push_back(std::move(one));
    }
    for (const auto& [id, region] : now.regions) {
      if (shown.regions.count(id) == 0 && event_type_from(region.label)) ++out.new_marks;
    }
  }

  static void judge(Correction& one, const std::string& id, const Region& before, const Marks& shown,
                    const Marks& now) {
    const auto region = now.regions.find(id);
    if (region == now.regions.end()) {
      one.action = "reject";
      return;
    }
    if (region->second.label != before.label) one.changes["event_type"] = region->second.label;
    for (const char* const role : {"actor", "recipient"}) {
      const auto are = now.participants(id, role);
      if (!same(are, shown.participants(id, role))) one.changes[role] = words_of(are);
    }
    one.action = one.changes.empty() ? "accept" : "change";
  }

  const Store& store_;
};

}  // namespace

Result<LabelStudioCorrections> corrections_from_label_studio(std::string_view json, const Store& store) {
  simdjson::dom::parser parser;
  element whole;
  array tasks;
  if (const auto error = parser.parse(json.data(), json.size()).get(whole)) {
    return Error{ErrorCode::kSyntax, std::string("is not JSON: ") + simdjson::error_message(error), ""};
  }
  if (whole.get(tasks)) return Error{ErrorCode::kSyntax, "is no list of tasks, as Label Studio's JSON export is", ""};
  Tasks all(store);
  for (const auto& one : tasks) {
    object task;
    if (one.get(task) != simdjson::SUCCESS) {
      return Error{ErrorCode::kSyntax, "holds something that is no task", ""};
    }
    all.add(task);
  }
  return std::move(all.out);
}

}  // namespace dragoman
