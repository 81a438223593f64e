// SPDX-License-Identifier: Apache-2.0
#include "neural/kernels.h"

namespace dragoman::neural {

extern const Kernels kPortableKernels;
#ifdef DRAGOMAN_X86_KERNELS
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;
#endif

const Kernels& kernels(InstructionSet set) {
#ifdef DRAGOMAN_X86_KERNELS
  if (set == InstructionSet::kAvx512Vnni) return kAvx512Kernels;
  if (set == InstructionSet::kAvx2) return kAvx2Kernels;
#endif
  static_cast<void>(set);
  return kPortableKernels;
}

}  // namespace dragoman::neural
