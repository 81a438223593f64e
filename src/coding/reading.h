// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dragoman/analysis.h"
#include "dragoman/article.h"
#include "dragoman/event.h"
#include "dragoman/links.h"

namespace dragoman::coding {

/// One article as coding sees it: its text, what reading found and who the mentions are.
struct Reading {
  const Article& article;
  const Analysis& analysis;
  const Links& links;

  std::string_view text() const { return article.text; }
  std::string_view text(Span span) const { return span.of(article.text); }

  /// Sentence that holds byte `at`; the whole text if the analysis has no sentences.
  Span sentence(uint32_t index) const;

  /// Entities of the mention with this span, else of the mention that shares most of it (at least half of
  /// both together), since heads that mark roles and mentions may differ by a word. Empty if none.
  std::vector<uint32_t> entities(Span span) const;

  bool is_medium(uint32_t entity) const { return links.entities[entity].kind == EntityKind::kMedia; }
};

/// Whether a statement's own words are told, all or some of them.
inline bool is_quoted(const Statement& s) { return s.kind != StatementKind::kIndirect; }

/// The entity in a role: country and sectors as of the mention. A state that acts is its government
/// (GOV; its army in ASSAULT and MOBILIZE), a state that is attacked is itself.
Participant participant(const Reading& reading, uint32_t entity, Span span, float score);
Participant participant(const Reading& reading, uint32_t entity, Span span, float score, EventType type, Role role);

/// Fillers of one role as participants: a mention of several entities gives several, the same entity twice
/// gives one, a mention that is nobody gives none.
std::vector<Participant> participants(const Reading& reading, const Trigger& trigger, Role role);

/// Place fillers as locations, each name once. Words that are nowhere on the map themselves ("the border town of
/// Karsa") are at the last place named within them.
std::vector<Location> locations(const Reading& reading, const Trigger& trigger);

/// The span from the first to the last filler of the role, of those within the sentence where there are such; none if
/// there is none.
std::optional<Span> extent(const Trigger& trigger, Role role, Span sentence);

}  // namespace dragoman::coding
