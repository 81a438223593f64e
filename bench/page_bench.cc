// SPDX-License-Identifier: Apache-2.0
// page_bench [--rounds N] FILE...   reads pages of HTML into memory, then tells how many a second one core turns into
//                                   articles, where the time goes, and the most memory held. Times are of the
//                                   processor, the least of N rounds, so that other work on the machine counts little.
// page_bench --hostile [MEGABYTES]  the same for pages made to be slow: milliseconds a megabyte
#include <ctime>

#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "bench/hostile_pages.h"
#include "html/document.h"
#include "html/outline.h"
#include "ingest/charset.h"
#include "ingest/extract.h"
#include "ingest/html_body.h"
#include "ingest/html_metadata.h"
#include "ingest/page_score.h"

namespace {

using dragoman::Page;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

Page page_of(const std::string& name, std::string bytes) {
  Page page;
  page.source = page.place = name;
  page.format = dragoman::Format::kHtml;
  page.bytes = std::move(bytes);
  return page;
}

// Memory of a page stays with the program for the next one, as in the program itself.
void keep_memory() {
  mallopt(M_MMAP_THRESHOLD, 64 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
}

/// Seconds of each stage of reading one page, added to those of the pages before.
class Stages {
 public:
  void read(const Page& page) {
    double at = cpu_seconds();
    const auto lap = [&](double& sum) {
      const double now = cpu_seconds();
      sum += now - at;
      at = now;
    };
    const auto text = dragoman::ingest::to_utf8(page.bytes, "", true);
    lap(decode_);
    if (!text) return;
    auto document = dragoman::html::Document::parse(*text);
    lap(parse_);
    if (!document) return;
    const auto outline = dragoman::html::outline(*document);
    lap(outline_);
    const auto metadata = dragoman::ingest::read_metadata(*document, outline, page.url);
    lap(metadata_);
    const auto body = dragoman::ingest::find_body(outline, metadata);
    lap(body_);
    dragoman::ingest::article_probability(dragoman::ingest::page_features(outline, body, metadata, page.url));
    lap(score_);
    blocks_ += outline.blocks.size();
    elements_ += outline.elements.size();
  }

  void print(size_t pages) const {
    const double each = 1e6 / static_cast<double>(pages);
    std::printf("  microseconds a page: decode %.0f, parse %.0f, outline %.0f, metadata %.0f, body %.0f, score %.0f\n",
                decode_ * each, parse_ * each, outline_ * each, metadata_ * each, body_ * each, score_ * each);
    std::printf("  %.0f elements and %.0f blocks a page\n", static_cast<double>(elements_) / static_cast<double>(pages),
                static_cast<double>(blocks_) / static_cast<double>(pages));
  }

 private:
  double decode_ = 0, parse_ = 0, outline_ = 0, metadata_ = 0, body_ = 0, score_ = 0;
  size_t blocks_ = 0, elements_ = 0;
};

int bench_files(const std::vector<std::string>& files, int rounds) {
  std::vector<Page> pages;
  size_t bytes = 0;
  for (const std::string& file : files) {
    std::ifstream in(file, std::ios::binary);
    pages.push_back(page_of(file, {std::istreambuf_iterator<char>(in), {}}));
    bytes += pages.back().bytes.size();
  }
  if (pages.empty()) return 2;
  double best = 1e9;
  size_t articles = 0;
  for (int round = 0; round < rounds; ++round) {
    articles = 0;
    const double start = cpu_seconds();
    for (const Page& page : pages) articles += static_cast<bool>(dragoman::ingest::extract(page));
    best = std::min(best, cpu_seconds() - start);
  }
  Stages stages;
  for (const Page& page : pages) stages.read(page);
  const auto count = static_cast<double>(pages.size());
  std::printf("%zu pages of %.0f KB, %zu articles: %.0f pages/s a core, %.1f MB/s, peak %.0f MB beside the pages\n",
              pages.size(), static_cast<double>(bytes) / count / 1000, articles, count / best,
              static_cast<double>(bytes) / best / 1e6, peak_megabytes() - static_cast<double>(bytes) / (1 << 20));
  stages.print(pages.size());
  return 0;
}

int bench_hostile(size_t bytes, const std::string& only) {
  std::printf("%-34s %9s  %s\n", "page", "ms a MB", "outcome");
  for (const auto& [name, make] : dragoman::bench::hostile_pages()) {
    if (!only.empty() && only != name) continue;
    const Page page = page_of(name, make(bytes));
    const double start = cpu_seconds();
    const auto article = dragoman::ingest::extract(page);
    const double each = (cpu_seconds() - start) * 1e3 / (static_cast<double>(page.bytes.size()) / 1e6);
    std::printf("%-34s %9.1f  %s\n", name.c_str(), each,
                article ? "an article" : article.error().describe().substr(0, 100).c_str());
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  keep_memory();
  std::vector<std::string> arguments(argv + 1, argv + argc);
  if (!arguments.empty() && arguments[0] == "--hostile") {
    const size_t megabytes = arguments.size() > 1 ? std::stoul(arguments[1]) : 1;
    return bench_hostile(megabytes * 1'000'000, arguments.size() > 2 ? arguments[2] : "");
  }
  int rounds = 3;
  if (arguments.size() > 2 && arguments[0] == "--rounds") {
    rounds = std::stoi(arguments[1]);
    arguments.erase(arguments.begin(), arguments.begin() + 2);
  }
  if (arguments.empty()) {
    std::fprintf(stderr, "usage: page_bench [--rounds N] FILE... | page_bench --hostile [MEGABYTES [NAME]]\n");
    return 2;
  }
  return bench_files(arguments, rounds);
}
