// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

#include "dragoman/error.h"
#include "dragoman/page.h"
#include "dragoman/record.h"

namespace dragoman::pipeline {

/// Takes pages from `next` until it returns false, reads them on `threads` threads and hands the results to `done` in
/// the order of the pages. `next` and `done` are each called by one thread at a time. At most a few results a thread
/// wait for an earlier page. What `next`, `read` or `done` throw ends the run and is thrown here.
void read_in_order(unsigned threads, const std::function<bool(Page&)>& next,
                   const std::function<Result<Record>(const Page&)>& read,
                   const std::function<void(const Page&, Result<Record>)>& done);

/// The same for articles alone.
void extract_in_order(unsigned threads, const std::function<bool(Page&)>& next,
                      const std::function<Result<Article>(const Page&)>& extract,
                      const std::function<void(const Page&, Result<Article>)>& done);

}  // namespace dragoman::pipeline
