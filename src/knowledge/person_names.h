// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dragoman::knowledge {

/// The other ways to spell the particles inside a person's name: "al-", "el-" and what "al-" becomes before letters
/// such as "sh" ("ash-Sharaa"); "bin", "ibn" and "ben". Folded; none for names without such a particle. Each word keeps
/// its place, and case is not varied: see case_agrees().
std::vector<std::string> other_spellings(std::string_view name);

/// A name, folded, without the particles that newspapers leave out or put in: "Ana Palacio" of "Ana de Palacio".
/// Fathers' names keep their "bin" where nothing else would follow the given name ("Mohammed bin Salman" is no Mohammed
/// Salman). "" where less than two words are left, and for names of very many words.
std::string without_particles(std::string_view name);

/// Whether two names differ in their given names alone, and there only so far: a letter may stand for a word
/// ("A. H. Mahmood Ali", "Abul Hassan Mahmood Ali"), and letters behind the first may be left out ("John F. Kerry").
/// Particles don't count.
bool differs_by_initials(std::string_view name, std::string_view other);

}  // namespace dragoman::knowledge
