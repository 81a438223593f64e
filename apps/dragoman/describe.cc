// SPDX-License-Identifier: Apache-2.0
#include "describe.h"

#include <cstdio>

#include "terminal.h"

namespace dragoman::cli {

std::string names_of(const Record& record, const std::vector<Participant>& participants) {
  std::string out;
  for (const Participant& one : participants) {
    std::string codes = one.country;
    for (const std::string& sector : one.sectors) codes.append(codes.empty() ? 0 : 1, ' ').append(sector);
    if (!out.empty()) out += "; ";
    out += record.entities[one.entity].name;
    if (!codes.empty()) out += " (" + codes + ")";
  }
  return out;
}

std::string who_to_whom(const Record& record, const Event& event) {
  const std::string actors = event.actors.empty() ? "somebody" : names_of(record, event.actors);
  return event.recipients.empty() ? actors : actors + " → " + names_of(record, event.recipients);
}

std::string act_of(const Event& event) {
  std::string out = to_string(event.type);
  for (size_t i = 0; i < event.modes.size(); ++i) {
    out.append(i == 0 ? " (" : ", ").append(event.modes[i]);
  }
  if (!event.modes.empty()) out += ")";
  out.append(", ").append(to_string(event.status));
  if (event.historical) out += ", background";
  if (event.date) out += ", " + event.date->value;
  return out;
}

std::string quoted(std::string_view words) { return "“" + visible(words) + "”"; }

std::string two_digits(double number) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.2f", number);
  return digits;
}

}  // namespace dragoman::cli
