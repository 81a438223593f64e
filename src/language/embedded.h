// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/embedded.h"

namespace dragoman::embedded {

extern const Table language_irregular;  ///< data/language/irregular.tsv

}  // namespace dragoman::embedded
