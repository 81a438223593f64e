// SPDX-License-Identifier: Apache-2.0
#include "event_filters.h"

namespace dragoman::cli {

void add_event_filters(CLI::App& parser, EventQuery& query) {
  add_filter(parser, "--actor", query.actor, "Who acts: a country code, a name or the beginning of one of its words",
             "WHO");
  add_filter(parser, "--recipient", query.recipient, "Towards whom, likewise", "WHO");
  add_filter(parser, "--type", query.type, "PLOVER type, e.g. ASSAULT", "TYPE")->transform(capitals);
  add_filter(parser, "--from", query.from, "First day: YYYY-MM-DD, YYYY-MM or YYYY", "DATE");
  add_filter(parser, "--to", query.to, "Last day, likewise", "DATE");
  add_filter(parser, "--status", query.status, "actual, future, hypothetical, negated or alleged", "STATUS");
  add_filter(parser, "--text", query.text, "Words that the sentence holds; attack* for words that so begin", "WORDS");
  add_filter(parser, "--document", query.document, "Of this document only (id or source)", "DOC");
  add_min_confidence(parser, query.min_confidence);
}

}  // namespace dragoman::cli
