// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "html/outline.h"
#include "ingest/html_body.h"
#include "ingest/html_metadata.h"

namespace dragoman::ingest {

/// What a page as a whole looks like, as numbers: what it says of itself, its address, how much of it is running text.
std::vector<float> page_features(const html::Outline& page, const HtmlBody& body, const Metadata& metadata,
                                 const std::string& url);

/// Probability that a page with these features is an article (boosted trees, trained by tools/train_kinds).
double article_probability(const std::vector<float>& features);

}  // namespace dragoman::ingest
