// SPDX-License-Identifier: Apache-2.0
#include "neural/cpu.h"

namespace dragoman::neural {

const char* to_string(InstructionSet set) {
  switch (set) {
    case InstructionSet::kAvx512Vnni: return "avx512-vnni";
    case InstructionSet::kAvx2: return "avx2";
    case InstructionSet::kPortable: break;
  }
  return "portable";
}

std::vector<InstructionSet> instruction_sets() {
  std::vector<InstructionSet> sets = {InstructionSet::kPortable};
#ifdef DRAGOMAN_X86_KERNELS
  // __builtin_cpu_supports also asks whether the operating system keeps the wide registers.
  if (__builtin_cpu_supports("avx2")) sets.push_back(InstructionSet::kAvx2);
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vnni")) {
    sets.push_back(InstructionSet::kAvx512Vnni);
  }
#endif
  return sets;
}

InstructionSet best_instruction_set() {
  static const InstructionSet best = instruction_sets().back();
  return best;
}

const char* instruction_set() { return to_string(best_instruction_set()); }

}  // namespace dragoman::neural
