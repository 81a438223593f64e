// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/analysis.h"
#include "knowledge/knowledge.h"
#include "linking/name_finder.h"
#include "linking/words.h"

namespace dragoman::linking {

/// How a name or place stands to the noun of a phrase: "Kenyan police", "Kenya's police", "police of/in Kenya",
/// "police, Kenya", "ambassador to Kenya".
enum class Relation : uint8_t { kModifier, kOf, kOther };

struct Attached {
  const Hit* hit = nullptr;
  Relation relation = Relation::kModifier;
};

/// A mention taken apart: "China's ambassador to the United Nations, Zhang Jun" has the modifier China, the
/// role "ambassador", the name "Zhang Jun" and, in another relation, the United Nations.
struct Phrase {
  Run words;                   ///< the whole mention
  Run core;                    ///< without determiner, quantity and what follows the noun
  Run name;                    ///< the proper name, if any
  const Hit* named = nullptr;  ///< the knowledge's name that is the mention's own name (not a mere modifier)
  std::vector<Attached> attached;
  std::optional<knowledge::RoleNoun> role;
  std::string head;   ///< the noun it turns on, lower case: "minister", "soldiers"; "" if there is none
  std::string owner;  ///< "his", "their", "its", … where the phrase begins with it
  bool pronoun = false;
  bool plural = false;
  bool definite = false;     ///< begins with the, this, that, these, those, both, or an owner
  bool several = false;      ///< "the two leaders", "both sides"
  bool former = false;       ///< "former", "ex-", "late", "ousted"
  bool person_like = false;  ///< an honorific or a person's role stands before the name
  bool organization_like = false;
};

/// Takes phrases apart. The words, finder and knowledge must outlive the reader.
class PhraseReader {
 public:
  PhraseReader(std::string_view text, const std::vector<Word>& words, const NameFinder& finder,
               const knowledge::Knowledge& knowledge)
      : text_(text), words_(words), finder_(finder), knowledge_(knowledge) {}

  Phrase read(Span span, Form form, MentionKind kind) const;

  /// The description in the words [first, last), which follows or goes before a name.
  Phrase read(Run run) const;

  /// The words at which names of firms, papers or parties begin that only sound in somebody's name.
  std::vector<size_t> borrowed_names(const Phrase& phrase, bool person) const;

 private:
  struct Segment;
  size_t behind_dateline(Run run) const;
  bool is_initial(size_t word) const;
  Run lead(Phrase& phrase) const;
  void segments(Phrase& phrase, MentionKind kind) const;
  void segment(Phrase& phrase, Run run, bool first, MentionKind kind) const;
  size_t noun_end(Run run) const;
  bool titled_after(size_t word, Run run) const;
  size_t title_end(Run core, Run whole) const;
  Run name_in(Phrase& phrase, Run core, MentionKind kind) const;
  void attach(Phrase& phrase, Run core, Run whole) const;
  void attach_seat(Phrase& phrase) const;
  void find_role(Phrase& phrase, Run core, Run whole) const;
  size_t tie(Run core, Run whole) const;
  std::vector<std::string_view> sectors_of_body(const knowledge::RoleNoun& role, Run core, Run whole) const;
  std::optional<knowledge::RoleNoun> role_of(Run run) const;
  bool is_title(size_t word) const;
  std::string lower(Run run) const;

  std::string_view text_;
  const std::vector<Word>& words_;
  const NameFinder& finder_;
  const knowledge::Knowledge& knowledge_;
};

/// Whether the word is a personal, possessive, reflexive or relative pronoun that linking resolves.
bool is_pronoun(std::string_view lower);

/// Whether the word is put before names and tells nothing of an office: "Mr", "Sheikh".
bool is_mere_style(std::string_view lower);

}  // namespace dragoman::linking
