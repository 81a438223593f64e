// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "dragoman/analysis.h"
#include "dragoman/article.h"
#include "dragoman/links.h"
#include "knowledge/knowledge.h"
#include "linking/context.h"
#include "linking/name_finder.h"
#include "linking/phrase.h"
#include "linking/registry.h"
#include "linking/unlisted_states.h"
#include "linking/words.h"

namespace dragoman::linking {

/// Whether names of bodies end in this noun or have it before "of": "council", "ministry"; lower case.
bool is_body_noun(std::string_view lower);

/// Reads one text from its beginning to its end, once; see link().
class Linker {
 public:
  Linker(const Article& article, const Analysis& analysis, const knowledge::Knowledge& knowledge);
  Links run();

 private:
  struct Found {  // what one mention stands for, and why
    std::vector<uint32_t> entities;
    LinkReason reason;
  };
  struct Origin {  // a country (or UNO, IGO, …) with the reason for it
    std::string country;
    LinkReason reason;
    const Hit* hit = nullptr;
  };
  struct Use {  // an earlier mention that a pronoun may point back to
    size_t mention = 0;
    uint32_t entity = 0;
    uint32_t sentence = 0;
    bool subject = false;
    bool nested = false;
    bool speaker = false;
  };

  struct Owner {  // to whom a phrase belongs
    uint32_t entity = 0;
    size_t rest = 0;         // the word behind the owner
    bool by_office = false;  // by a pronoun or with an office, not by the name alone
  };

  struct Acronym {
    std::vector<std::string> words;  // of the long name
    std::string name;
  };

  // Before reading on: what mentions look like, full names, acronyms.
  void note_roles();
  void drop_borrowed_names();
  void survey();
  void find_acronyms();
  std::optional<size_t> spelled_from(size_t word, bool names_only) const;
  std::optional<size_t> translated_from(size_t word) const;
  bool spelled_by_nouns(size_t word) const;
  void known_acronym(size_t word);
  void spell_out(const std::string& acronym, Run name);

  Found resolve(size_t mention);
  Found resolve_again(size_t mention);
  bool is_only_day(size_t mention, const Phrase& phrase) const;
  Found pair(size_t mention);
  Found list_of_states(const Phrase& phrase);
  std::optional<Hit> capital_itself(size_t mention, const Phrase& phrase) const;
  const Hit* seated_there(size_t mention, const Hit& capital) const;
  std::string unlisted_in(const Phrase& phrase) const;
  uint32_t of_unlisted(const std::string& state);
  Found unlisted_state(const Phrase& phrase);
  Found known_name(size_t mention, const Phrase& phrase);
  Found person(size_t mention, const Phrase& phrase);
  Found body(size_t mention, const Phrase& phrase);
  std::optional<uint32_t> body_before(const std::vector<std::string>& words, bool acronym,
                                      const std::optional<Origin>& origin) const;
  uint32_t new_body(const Phrase& phrase, const std::vector<std::string>& words, const std::string& name,
                    const std::optional<knowledge::RoleNoun>& role);
  Found description(size_t mention, const Phrase& phrase);
  Found issuer(size_t mention, const Phrase& phrase);
  bool issues(const Attached& attached, const Phrase& phrase) const;
  Run named_before_paper(const Phrase& phrase) const;
  std::optional<uint32_t> issuer_beside(size_t mention, const Phrase& phrase);
  std::optional<uint32_t> issuer_at_first(size_t mention, const Phrase& phrase) const;
  void name_by_noun(const Hit& hit, uint32_t id);
  std::vector<std::string> said_before_under(const std::string& noun, const Phrase& phrase) const;
  bool only_class(const Phrase& phrase) const;
  bool tells_only_seat(const Phrase& phrase) const;
  std::string seat_in(const Phrase& phrase) const;
  bool has_members(const Known& known, size_t members) const;
  bool is_of_class(const Known& known, std::string_view noun) const;
  std::optional<uint32_t> class_noun(size_t mention, const Phrase& phrase, const std::string& country) const;
  bool office_stands_before(Span name) const;
  std::optional<uint32_t> apposed(size_t mention);
  std::optional<uint32_t> same_office(size_t mention, const Phrase& phrase) const;
  Run joined_by_coalition(const Phrase& phrase) const;
  bool are_nations(Run joined, size_t end) const;
  std::optional<std::vector<std::string_view>> sectors_of_joined(const Phrase& phrase) const;
  std::string_view province_of(const Phrase& phrase) const;
  bool may_speak_as(const Known& known, const Phrase& phrase, const std::string& country) const;
  bool serves_another(const Known& known, const Phrase& phrase) const;
  bool is_of_another_province(const Known& known, const Phrase& phrase) const;
  Found pronoun(size_t mention, const Phrase& phrase);
  Found several(size_t mention, const Phrase& phrase);
  bool of_two_states(const Phrase& phrase) const;
  Found two_states(size_t mention);
  std::optional<uint32_t> state_of(const Use& use);
  double weight_of(uint32_t id) const;
  size_t paragraph_of(size_t mention) const;
  void keep_weightiest(std::vector<uint32_t>& entities, size_t count) const;

  // pronouns
  Found speaker_at(size_t mention);
  Found antecedent(size_t mention, const Phrase& phrase);
  std::optional<size_t> speech_at(uint32_t at) const;
  bool is_quoted(Span content) const;
  std::optional<Span> words_of_speaker(size_t mention) const;

  // parts
  uint32_t of_entry(const Hit& hit, LinkReason& reason);
  uint32_t of_country(const std::string& code, LinkReason& reason);
  uint32_t of_partial(const knowledge::Entry& entry, const LinkReason& reason);
  std::vector<knowledge::Reading> near_bearer(const std::string& name, const Origin& origin) const;
  const knowledge::Entry* choose_person(const std::string& name, const Origin& origin, LinkReason& reason) const;
  const knowledge::Entry* titled(const Phrase& phrase, const Origin& origin) const;
  char gender_of(std::string_view name) const;
  char gender_told(const Phrase& phrase) const;
  std::optional<uint32_t> bearer_of(const Phrase& phrase) const;
  std::optional<uint32_t> namesake_who_spoke(size_t mention, const Phrase& phrase) const;
  void describe(uint32_t id, const Phrase& phrase);
  void ahead(size_t mention, uint32_t id, const Phrase& phrase);
  void adopt_origin(size_t mention, uint32_t id, const Phrase& side);
  std::optional<uint32_t> spoke_as(size_t mention, const Phrase& phrase) const;
  std::optional<uint32_t> named_behind(size_t mention, const Phrase& phrase);
  std::optional<uint32_t> speaks_on(size_t mention, const Phrase& phrase, const std::string& country) const;
  void beside(size_t mention, uint32_t id, const Phrase& phrase);
  std::optional<Origin> origin_of(const Phrase& phrase, size_t mention);
  bool tells_origin(const Attached& attached, const Phrase& phrase, bool person) const;
  const std::string& preposition_before(const Hit& hit) const;
  bool of_another_body(const Phrase& phrase) const;
  bool bare(const Phrase& phrase) const;
  bool is_unnamed(const Known& known) const;
  bool is_predicate(const Phrase& phrase) const;
  bool of_no_state(const Phrase& phrase) const;
  bool of_allied_states(const Phrase& phrase) const;
  std::optional<Origin> origin_from_owner(const Phrase& phrase, size_t mention);
  Origin origin_of(std::string country, std::string rule) const;
  Origin context_origin(size_t mention, const std::optional<knowledge::RoleNoun>& role = std::nullopt,
                        const std::string& name = "") const;
  std::optional<Origin> origin_of_title(const Phrase& phrase) const;
  std::optional<Origin> origin_from_members(const Phrase& phrase) const;
  const knowledge::Entry* body_with(std::optional<knowledge::MemberRole> role) const;
  const knowledge::Entry* office_holder(const Phrase& phrase, const std::string& country) const;
  const knowledge::Entry* body_of(const Phrase& phrase) const;
  void set_sectors(Entity& entity, const Phrase& phrase) const;
  std::vector<std::string> name_words(Run run) const;
  std::string shown(Run run) const;
  bool is_government(const Phrase& phrase) const;
  std::optional<size_t> owning_pronoun(const Phrase& phrase) const;
  std::optional<Owner> owner_of(size_t mention, const Phrase& phrase);
  std::string name_by_owner(const Owner& owner, const Phrase& phrase, const std::string& country) const;
  std::string group_name(const Phrase& phrase, const std::string& country) const;
  bool is_person_name(const Phrase& phrase, MentionKind kind) const;
  uint32_t sentence_of(size_t mention) const;
  void remember(size_t mention, const Found& found);

  const Article& article_;
  const Analysis& analysis_;
  const knowledge::Knowledge& knowledge_;
  knowledge::Day day_;
  std::vector<Word> words_;
  NameFinder finder_;
  UnlistedStates unlisted_;
  Context context_;
  PhraseReader reader_;
  std::vector<Phrase> phrases_;
  std::vector<char> done_;
  std::vector<Found> found_;
  Registry registry_;
  std::vector<Use> uses_;
  std::unordered_map<std::string, Acronym> acronyms_;  // "EFF" → the long name, where the knowledge has none
  std::unordered_map<uint64_t, size_t> mention_at_;    // span → mention
  std::unordered_map<uint32_t, size_t> mention_from_;  // begin → first mention that begins there
  std::set<Span> subjects_;
  std::set<Span> places_;
  std::set<Span> speakers_;
  std::vector<size_t> speeches_;  // utterances sorted by the begin of their content
};

}  // namespace dragoman::linking
