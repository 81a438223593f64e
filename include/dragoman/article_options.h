// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace dragoman {

/// What is wanted besides the article itself.
struct ArticleOptions {
  bool origins = false;  ///< Article::origins: for every character of every block, its bytes in the page
  bool refused = false;  ///< also what pages hold that are taken for no article; Article::refused tells why
};

}  // namespace dragoman
