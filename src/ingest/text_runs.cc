// SPDX-License-Identifier: Apache-2.0
#include "ingest/text_runs.h"

#include <algorithm>
#include <map>

namespace dragoman::ingest {

void keep_text_runs(const html::Outline& page, const std::vector<size_t>& doubtful, std::vector<BlockJob>& jobs) {
  constexpr size_t kLong = 100;  // bytes; shorter blocks neither count nor part a run
  constexpr ptrdiff_t kLeastRun = 5, kLeastText = 3;
  const auto is_long = [&](size_t b) { return page.blocks[b].text.size() >= kLong; };
  const auto is_doubtful = [&](size_t b) { return std::binary_search(doubtful.begin(), doubtful.end(), b); };
  const auto box_of = [&](size_t b) { return page.elements[page.blocks[b].element].parent; };
  if (std::count_if(doubtful.begin(), doubtful.end(), is_long) < kLeastRun) return;

  std::map<uint32_t, std::vector<size_t>> boxes;  // the long blocks of each with a doubtful one
  for (const size_t b : doubtful) boxes[box_of(b)];
  for (size_t b = 0; b < jobs.size(); ++b) {
    if (!is_long(b)) continue;
    if (const auto box = boxes.find(box_of(b)); box != boxes.end()) box->second.push_back(b);
  }
  for (const auto& [box, blocks] : boxes) {
    if (std::count_if(blocks.begin(), blocks.end(), [&](size_t b) { return jobs[b].kept; }) < kLeastText) continue;
    for (auto run = blocks.begin(); run != blocks.end();) {
      run = std::find_if(run, blocks.end(), is_doubtful);
      const auto end = std::find_if_not(run, blocks.end(), is_doubtful);
      if (end - run >= kLeastRun) {
        std::for_each(run, end, [&](size_t b) { jobs[b] = {true, jobs[b].kind, ""}; });
      }
      run = end;
    }
  }
}

}  // namespace dragoman::ingest
