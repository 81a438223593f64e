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
/// Salman). "Abdel Rahman", "Abd al-Rahman" and the like are "Abdulrahman". "" where less than two words are left, and
/// for names of very many words.
std::string without_particles(std::string_view name);

/// How sure it is that two names are one person's.
enum class Likeness { kIs, kMayBe };

/// Whether one name is a shorter form of the other, or each is in part: the last words are the same and the words
/// before too, but that a letter may stand for a word ("A. H. Mahmood Ali", "Abul Hassan Mahmood Ali"), letters behind
/// the first word may be left out ("John F. Kerry"), and so may words behind the first two ("Hamad bin Jassim bin Jaber
/// al-Thani"). Particles don't count. Letters left out behind a letter ("J. Kerry" for "John F. Kerry") may only be so.
bool is_shorter_or_longer(std::string_view name, std::string_view other, Likeness least = Likeness::kIs);

}  // namespace dragoman::knowledge
