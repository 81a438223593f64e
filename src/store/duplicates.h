// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dragoman/article.h"
#include "store/likeness.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// Finds the duplicates among articles in the order in which they come: which article of two is the first depends on
/// that order and on nothing else. A whole text is no duplicate of a summary.
class RunDuplicates {
 public:
  /// Id of the first article before this one that is the same (are_same()); "" if none. Remembers this one.
  std::string of(const Article& article);

 private:
  struct Known {
    std::string first;  // id of the article that it is a duplicate of, or its own
    bool summary = false;
  };
  LikenessIndex index_;
  std::vector<Known> known_;  // by number
};

/// The same among the documents of a store, in the order in which they were put; also those that other programs put.
/// Loads what all documents are like when first asked.
class StoreDuplicates {
 public:
  explicit StoreDuplicates(Database& database);

  /// For an article that the store does not hold yet, and what it is like.
  std::string of(const Article& article, const Likeness& likeness);

 private:
  void catch_up();

  Query rows_, record_;
  LikenessIndex index_;
  std::vector<int64_t> documents_;  // by number
  int64_t last_ = 0;                // the last row that was loaded
};

/// What a record's JSON says of it; "" if it says that it is none.
std::string duplicate_of(const std::string& record);

}  // namespace dragoman::store
