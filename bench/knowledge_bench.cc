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
#include <span>
#include <string>
#include <string_view>
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

/// `look_up` looks all of the names up once and tells how many it found.
void measure(const char* what, size_t names, const std::function<size_t()>& look_up) {
  size_t found = 0;
  const double seconds = median_time([&] { found = look_up(); });
  std::printf("%-22s %zu names, %zu known, %.2f million names a second\n", what, names, found,
              1e-6 * static_cast<double>(names) / seconds);
}

template <class Knows>
void measure_each(const char* what, const std::vector<std::string>& names, const Knows& knows) {
  measure(what, names.size(), [&] { return static_cast<size_t>(std::count_if(names.begin(), names.end(), knows)); });
}

/// So many at once as the words of two or three sentences may begin.
void measure_batches(const char* what, const std::vector<std::string>& names, const knowledge::Knowledge& knowledge,
                     knowledge::Day day) {
  constexpr size_t kBatch = 64;
  const std::vector<std::string_view> views(names.begin(), names.end());
  knowledge::NameReadings readings;
  measure(what, names.size(), [&] {
    size_t found = 0;
    for (size_t done = 0; done < views.size(); done += kBatch) {
      knowledge.named(std::span(views).subspan(done, std::min(kBatch, views.size() - done)), day, readings);
      for (size_t k = 0; k < readings.size(); ++k) found += readings.of(k).empty() ? 0 : 1;
    }
    return found;
  });
}

}  // namespace

int main(int argc, char** argv) {
  const std::string data = argc > 1 ? argv[1] : DRAGOMAN_SOURCE_DIR "/data";
  const std::string index = argc > 2 ? argv[2] : DRAGOMAN_INDEX;
  try {
    std::printf("rows       %.1f ms\n", 1e3 * median_time([&] { knowledge::Knowledge::open(data); }));
    std::printf("index      %.1f ms\n", 1e3 * median_time([&] { knowledge::Knowledge::open(data, "", index); }));
    const auto knowledge = knowledge::Knowledge::open(data, "", index);
    const auto file = base::MappedFile::open(index);
    std::printf("from       %s, %.1f MB\n", knowledge.source().c_str(),
                1e-6 * static_cast<double>(file ? file->bytes().size() : 0));
    const auto gazetteer = knowledge::Gazetteer::open(data);
    std::vector<std::string> names;
    add_names(names, data + "/actors/people.tsv", 1);
    add_names(names, data + "/actors/organizations.tsv", 1);
    add_names(names, data + "/places/cities.tsv", 1);
    const size_t known = names.size();
    for (size_t at = 0; at < known; ++at) names.push_back(names[at] + "x");
    std::shuffle(names.begin(), names.end(), std::mt19937(7));  // NOLINT: the same order each time
    constexpr knowledge::Day kDay = 20150315;
    measure_each("one by one", names, [&](const std::string& name) { return !knowledge.named(name).empty(); });
    measure_each("one by one, of a day", names,
                 [&](const std::string& name) { return !knowledge.named(name, kDay).empty(); });
    measure_batches("batches", names, knowledge, 0);
    measure_batches("batches, of a day", names, knowledge, kDay);
    measure_each("gazetteer", names, [&](const std::string& name) { return !gazetteer.named(name).empty(); });
    std::printf("gazetteer  %.1f MB mapped\n", 1e-6 * static_cast<double>(gazetteer.size()));
  } catch (const Failure& failure) {
    std::fprintf(stderr, "knowledge_bench: %s\n", failure.what());
    return 1;
  }
}
