// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dragoman/links.h"
#include "knowledge/knowledge.h"
#include "linking/name_finder.h"

namespace dragoman::linking {

bool has_sector(const Entity& entity, std::string_view code);

/// Adds the codes that the entity does not have yet, in their order.
void put_sectors(Entity& entity, const std::vector<std::string_view>& codes);

/// A state that few recognise: its code is that of the state that is its sovereign in name.
bool is_partial(const knowledge::Entry& entry);

/// The reason of a link that rests on a name of the knowledge, with its row, dates and runner-up.
LinkReason reason_of(const knowledge::Knowledge& knowledge, std::string rule, const Hit& hit);

/// The kind that goes with an entity's first sector.
dragoman::EntityKind entity_kind(const Entity& entity, bool person, bool plural);

}  // namespace dragoman::linking
