// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/article.h"
#include "knowledge/knowledge.h"
#include "linking/words.h"

namespace dragoman::linking {

/// A name of the knowledge found in the text: its words [first, last) and what it is taken for.
struct Hit {
  size_t first = 0, last = 0;
  std::vector<knowledge::Reading> readings;
  const knowledge::Entry* entry = nullptr;  ///< the reading chosen
  knowledge::Sense sense = knowledge::Sense::kName;
  const knowledge::Entry* runner_up = nullptr;  ///< the next best reading of another entry
  bool surname = false;                         ///< a leader's surname alone
  bool compound = false;                        ///< "US-backed": says with whom, not whose
  bool generic = false;                         ///< while it is being settled: a name that other states use too

  bool is(knowledge::EntryKind kind) const { return entry->kind == kind; }
  bool is_place() const {
    return entry->kind != knowledge::EntryKind::kOrganization && entry->kind != knowledge::EntryKind::kPerson;
  }
};

/// All names of the knowledge in a text, longest first from left to right, no overlaps, in order; ambiguous
/// ones settled by the countries that the rest of the text speaks of.
class NameFinder {
 public:
  NameFinder(const Article& article, const std::vector<Word>& words, const knowledge::Knowledge& knowledge,
             knowledge::Day day);

  const std::vector<Hit>& hits() const { return hits_; }

  /// The hit that covers a word, or null.
  const Hit* at(size_t word) const;

  /// Weight of evidence for each state in the whole text (no IGO, UNO, …).
  const std::map<std::string, double>& weights() const { return weights_; }

 private:
  void find();
  void drop_namesakes();
  bool leader(size_t word);
  bool is_title(const std::string& lower) const;
  void settle();
  void weigh();
  bool in_longer_name(const Hit& hit) const;
  bool generic(const Hit& hit) const;
  void choose(Hit& hit) const;
  double score(const Hit& hit, const knowledge::Reading& reading) const;
  double weight(const Hit& hit) const;

  const Article& article_;
  const std::vector<Word>& words_;
  const knowledge::Knowledge& knowledge_;
  knowledge::Day day_;
  std::string home_;  // where the outlet is at home, "" if not known
  std::vector<Hit> hits_;
  std::map<std::string, double> weights_;
};

}  // namespace dragoman::linking
