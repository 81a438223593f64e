// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace dragoman::neural {

/// The sets of kernels there are, slowest first. All give the same bytes.
enum class InstructionSet { kPortable, kAvx2, kAvx512Vnni };

/// "portable", "avx2", "avx512-vnni".
const char* to_string(InstructionSet set);

/// The sets this machine can run, slowest first; never empty.
std::vector<InstructionSet> instruction_sets();

/// The fastest set this machine can run.
InstructionSet best_instruction_set();

/// Name of the fastest set.
const char* instruction_set();

}  // namespace dragoman::neural
