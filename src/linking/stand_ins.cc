// SPDX-License-Identifier: Apache-2.0
#include "linking/stand_ins.h"

#include "base/text.h"
#include "linking/embedded.h"

namespace dragoman::linking {

const std::vector<StandIn>& stand_ins() {
  static const std::vector<StandIn> kStandIns = [] {
    std::vector<StandIn> all;
    embedded::rows(embedded::linking_stand_ins, 3, [&](const auto& cells, size_t line) {
      StandIn one{cells[0], base::split(cells[1], '|'), cells[2] == "-" ? std::string_view{} : cells[2]};
      if (one.word.empty() || cells[1].empty() || cells[2].empty())
        embedded::wrong(embedded::linking_stand_ins, line, "empty cell");
      if (!one.beside.empty() && one.stands_for.size() != 1)
        embedded::wrong(embedded::linking_stand_ins, line, "several states in place of one");
      all.push_back(std::move(one));
    });
    return all;
  }();
  return kStandIns;
}

}  // namespace dragoman::linking
