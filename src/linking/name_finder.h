// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dragoman/article.h"
#include "knowledge/knowledge.h"
#include "linking/words.h"

namespace dragoman::linking {

/// A run of words, [first, last); empty if first == last.
struct Run {
  size_t first = 0, last = 0;
  bool empty() const { return first == last; }
  size_t size() const { return last - first; }
};

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

  /// What the text itself says that an acronym stands for: the entry of `full`, a hit; null where the long name is
  /// not in the knowledge. Hits of the acronym change or go; earlier pointers to hits are void.
  void spell_out(std::string_view acronym, const Hit* full);

  /// Little towns under other spellings of their names go, though the text names their states. Earlier pointers to
  /// hits are void.
  void drop_little_known();

  /// The hits that cover these words are none. Earlier pointers to hits are void.
  void drop(const std::set<size_t>& words);

  /// The words of `name` are another name of the hit's entry: they become one hit with its reading, which takes the
  /// place of hits inside. Earlier pointers to hits are void.
  void join(Run name, const Hit& hit);

  /// The hit that covers a word, or null.
  const Hit* at(size_t word) const;

  /// Weight of evidence for each state in the whole text (no IGO, UNO, …).
  const std::map<std::string, double>& weights() const { return weights_; }

 private:
  void find();
  void find_stand_ins();
  bool may_begin_name(const Word& word) const;
  bool people(size_t word) const;
  void drop_namesakes();
  void drop_unsupported();
  template <class Unwanted>
  void drop_readings(Unwanted&& unwanted);
  bool sounds_alike(const Hit& hit, const knowledge::Entry& entry) const;
  bool is_national_society(const Hit& hit) const;
  bool is_business_of_office(const Hit& hit) const;
  void drop_misread();
  std::string_view owner_behind(const Hit& hit) const;
  bool far_fetched(const Hit& hit, const knowledge::Reading& reading) const;
  bool acronym_alone(size_t word) const;
  static void drop_places(std::vector<knowledge::Reading>& readings);
  bool small_town(size_t word);
  std::string words_of_hit(const Hit& hit) const;
  double own_weight(const Hit& hit, std::string_view country) const;
  bool has_another_given_name(size_t word, const knowledge::Entry& person) const;
  bool leader(size_t word);
  bool is_title(const std::string& lower) const;
  void settle();
  void weigh();
  bool in_longer_name(const Hit& hit) const;
  bool generic(const Hit& hit) const;
  bool is_with_its_article(const Hit& hit) const;
  static bool of_several_states(const Hit& hit);
  void choose(Hit& hit) const;
  bool modifies_noun(const Hit& hit) const;
  double score(const Hit& hit, const knowledge::Reading& reading, bool chosen) const;
  double weight(const Hit& hit) const;
  bool acts(const Hit& hit) const;
  bool may_act_elsewhere(const Hit& hit, const knowledge::Reading& reading, double own) const;

  const Article& article_;
  const std::vector<Word>& words_;
  const knowledge::Knowledge& knowledge_;
  knowledge::Day day_;
  std::string home_;  // where the outlet is at home, "" if not known
  std::vector<Hit> hits_;
  std::map<std::string, double> weights_;
  std::map<std::string, double> acting_;                 // what of them comes from those that only act there
  std::unordered_map<std::string, double> own_weights_;  // "words|country" of ambiguous hits
};

}  // namespace dragoman::linking
