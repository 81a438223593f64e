// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/embedded.h"

namespace dragoman::embedded {

extern const Table linking_bodies;         ///< data/language/bodies.tsv
extern const Table linking_shared_bodies;  ///< data/language/shared_bodies.tsv
extern const Table linking_class_nouns;    ///< data/language/class_nouns.tsv
extern const Table linking_name_kinds;     ///< data/language/name_kinds.tsv
extern const Table linking_name_nouns;     ///< data/language/name_nouns.tsv
extern const Table linking_stand_ins;      ///< data/language/stand_ins.tsv

}  // namespace dragoman::embedded
