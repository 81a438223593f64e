// SPDX-License-Identifier: Apache-2.0
#include "serve/values.h"

#include <algorithm>

namespace dragoman::serve {
namespace {

Error fault(const std::string& message, const std::string& name) { return {ErrorCode::kUsage, message, name}; }

std::string known_names(const std::vector<Parameter>& known) {
  std::string names;
  for (const Parameter& one : known) {
    if (!one.in_path) names += (names.empty() ? "" : ", ") + one.name;
  }
  return names.empty() ? "none is known here" : "known are " + names;
}

}  // namespace

Result<Values> Values::of(const Target& target, const std::vector<Parameter>& known) {
  Values values;
  for (const auto& [name, value] : target.query) {
    const auto found = std::find_if(known.begin(), known.end(), [&, &wanted = name](const Parameter& one) {
      return !one.in_path && one.name == wanted;
    });
    if (found == known.end()) return fault("no such parameter; " + known_names(known), name);
    const std::string meant = found->kind == FieldKind::kFlag && value.empty() ? "true" : value;  // "?newest"
    if (const std::string wrong = fault_of_value(found->kind, found->choices, meant); !wrong.empty()) {
      return fault(wrong, name);
    }
    const auto [place, fresh] = values.values_.emplace(name, meant);
    if (fresh) continue;
    if (found->kind != FieldKind::kWords) return fault("is given twice", name);
    place->second += "," + value;
  }
  for (const Parameter& one : known) {
    if (one.required && !one.in_path && !values.has(one.name)) return fault("is missing", one.name);
  }
  return values;
}

std::string Values::text(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? "" : found->second;
}

uint64_t Values::number(const std::string& name, uint64_t otherwise) const {
  return has(name) ? std::stoull(text(name)) : otherwise;
}

}  // namespace dragoman::serve
