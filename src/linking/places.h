// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dragoman/analysis.h"
#include "dragoman/links.h"
#include "dragoman/span.h"
#include "knowledge/gazetteer.h"
#include "knowledge/knowledge.h"

namespace dragoman::linking {

/// Below so many people a town is looked for under its own name only, unless the text names its state too; from there
/// on it goes by its bare name at home, whatever its namesakes.
inline constexpr int64_t kLittleKnown = 200000;

/// A state that only acts says less of where it does: beside others as active (below this share of all that acts), or
/// of a namesake of a town elsewhere that is so many times as populous. One that acts alone mostly acts at home
/// ("Pakistan sent its army to Hyderabad").
inline constexpr double kActsAlone = 0.6;
inline constexpr int64_t kTimesAsLarge = 8;

/// Where a name of a text lies.
struct Placed {
  knowledge::Place place;
  bool near =
      false;  ///< no place that fits has the name: it must lie near this one, around which the text's others lie
};

/// Which place of the gazetteer each name of a text means; nothing where it has no place of the name and the others do
/// not lie together. One name means one place in one text. Chosen by size and rank of the place, by the state, division
/// and distance of the places that the other names mean, and by what follows ("Alexandria, La.", "Clay and Love
/// counties"). `names` are in text order.
std::vector<std::optional<Placed>> place_names(const std::string& text, const std::vector<Span>& names,
                                               const knowledge::Gazetteer& gazetteer);

/// Gives the places of a text their GeoNames number, position and precision, where the gazetteer has them: to those
/// that no table of the knowledge lists also their state and name, unless the text itself tells of another state; to
/// those that the gazetteer does not have either the position near which they must lie, of precision "region". A
/// city of the knowledge becomes another place of its name where the other places of the text tell so, a region or
/// state only one in another state; what it was taken for before is then the runner-up of its links.
void locate(const std::string& text, const Analysis& analysis, const knowledge::Knowledge& knowledge,
            const knowledge::Gazetteer& gazetteer, Links& links);

}  // namespace dragoman::linking
