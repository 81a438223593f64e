// SPDX-License-Identifier: Apache-2.0
// How long the knowledge takes to open, from its rows and from a compiled index, and how many names a second one core
// looks up.
//
//     knowledge_bench [DATA [INDEX]]
//
// Names are those of all tables, in a fixed random order, and as many that are none; thread CPU time, medians.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/text.h"
#include "dragoman/error.h"
#include "knowledge/gazetteer.h"
#include "knowledge/knowledge.h"

namespace {

using namespace dragoman;  // NOLINT: one small program

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double median_time(const std::function<void()>& call) {
  std::vector<double> times;
  for (int round = 0; round < 9; ++round) {
    const double before = cpu_seconds();
    call();
    times.push_back(cpu_seconds() - before);
  }
  std::nth_element(times.begin(), times.begin() + 4, times.end());
  return times[4];
}

/// The cells of a column, from the second row on.
void add_names(std::vector<std::string>& names, const std::string& path, size_t column) {
  const auto bytes = base::read_file(path);
  if (!bytes) return;
  for (const auto line : base::split(*bytes, '\n')) {
    const auto cells = base::split(line, '\t');
    if (!line.starts_with('#') && cells.size() > column && !cells[column].empty()) names.emplace_back(cells[column]);
  }
}

void look_up(const char* what, const std::vector<std::string>& names,
             const std::function<size_t(const std::string&)>& count) {
  size_t found = 0;
  const double seconds = median_time([&] {
    found = 0;
    for (const std::string& name : names) found += count(name) > 0;
  });
  std::printf("%-10s %zu names, %zu known, %.2f million names a second\n", what, names.size(), found,
              1e-6 * static_cast<double>(names.size()) / seconds);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string data = argc > 1 ? argv[1] : DRAGOMAN_SOURCE_DIR "/data";
  const std::string index = argc > 2 ? argv[2] : DRAGOMAN_INDEX;
  try {
    std::printf("rows       %.1f ms\n", 1e3 * median_time([&] { knowledge::Knowledge::open(data); }));
    std::printf("index      %.1f ms\n", 1e3 * median_time([&] { knowledge::Knowledge::open(data, "", index); }));
    const auto knowledge = knowledge::Knowledge::open(data, "", index);
    std::printf("from       %s, %.1f MB\n", knowledge.source().c_str(),
                1e-6 * static_cast<double>(base::MappedFile::open(index)->bytes().size()));
    const auto gazetteer = knowledge::Gazetteer::open(data);
    std::vector<std::string> names;
    add_names(names, data + "/actors/people.tsv", 1);
    add_names(names, data + "/actors/organizations.tsv", 1);
    add_names(names, data + "/places/cities.tsv", 1);
    const size_t known = names.size();
    for (size_t at = 0; at < known; ++at) names.push_back(names[at] + "x");
    std::shuffle(names.begin(), names.end(), std::mt19937(7));  // NOLINT: the same order each time
    look_up("knowledge", names, [&](const std::string& name) { return knowledge.named(name).size(); });
    look_up("gazetteer", names, [&](const std::string& name) { return gazetteer.named(name).size(); });
    std::printf("gazetteer  %.1f MB mapped\n", 1e-6 * static_cast<double>(gazetteer.size()));
  } catch (const Failure& failure) {
    std::fprintf(stderr, "knowledge_bench: %s\n", failure.what());
    return 1;
  }
}
