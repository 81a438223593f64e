// SPDX-License-Identifier: Apache-2.0
#include "coding/steps.h"

#include <algorithm>

#include "base/text.h"

namespace dragoman::coding {
namespace {

std::string words_of(const std::vector<std::string>& modes) { return modes.empty() ? "none" : base::join(modes, ", "); }

std::vector<uint32_t> entities_of(const std::vector<Participant>& participants) {
  std::vector<uint32_t> entities;
  for (const Participant& one : participants) entities.push_back(one.entity);
  return entities;
}

class Changes {
 public:
  void add(const std::string& what, const std::string& from, const std::string& to) {
    if (from != to) told_.push_back(what + ' ' + from + " → " + to);
  }
  void add(std::string what) { told_.push_back(std::move(what)); }
  std::string text() const { return base::join(told_, "; "); }

 private:
  std::vector<std::string> told_;
};

void add_participants(const Event& before, const Event& after, Changes& changes) {
  const auto was = std::pair(entities_of(before.actors), entities_of(before.recipients));
  const auto is = std::pair(entities_of(after.actors), entities_of(after.recipients));
  if (was == is) return;
  if (was.first == is.second && was.second == is.first) return changes.add("actors and recipients changed places");
  changes.add("actors", std::to_string(was.first.size()), std::to_string(is.first.size()));
  changes.add("recipients", std::to_string(was.second.size()), std::to_string(is.second.size()));
}

}  // namespace

std::string change_between(const Event& before, const Event& after, const std::vector<EventType>& also) {
  Changes changes;
  changes.add("type", to_string(before.type), to_string(after.type));
  changes.add("status", to_string(before.status), to_string(after.status));
  // A change of type takes the modes with it.
  if (before.type == after.type || !after.modes.empty()) {
    changes.add("modes", words_of(before.modes), words_of(after.modes));
  }
  changes.add("background", before.historical ? "yes" : "no", after.historical ? "yes" : "no");
  add_participants(before, after, changes);
  for (const EventType type : also) changes.add("also told: " + std::string(to_string(type)));
  return changes.text();
}

}  // namespace dragoman::coding
