// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dragoman/analysis.h"
#include "dragoman/article.h"
#include "dragoman/links.h"
#include "knowledge/knowledge.h"

namespace dragoman::linking {

/// Says for every mention of `analysis` who it stands for, with country and sectors as of the article's date.
/// What the text itself tells (a description, a title, a name given before) goes together with the knowledge;
/// each link keeps its reason. Never fails; a mention that is nobody stays empty. May be called by many threads.
Links link(const Article& article, const Analysis& analysis, const knowledge::Knowledge& knowledge);

}  // namespace dragoman::linking
