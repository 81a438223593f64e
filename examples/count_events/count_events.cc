// SPDX-License-Identifier: Apache-2.0
// Reads pages and prints how many events of each type they tell: count_events PAGE…
#include <cstdio>
#include <map>
#include <string>

#include "dragoman/engine.h"

int main(int argc, char** argv) try {
  const auto engine = dragoman::Engine::open();
  dragoman::Input input({argv + 1, argv + argc});
  std::map<std::string, int> count;
  for (dragoman::Result<dragoman::Page> page = dragoman::Page{}; input.next(page);) {
    if (!page) return std::fprintf(stderr, "%s\n", page.error().describe().c_str()), 1;
    const auto record = engine.read(*page);
    if (!record) return std::fprintf(stderr, "%s\n", record.error().describe().c_str()), 1;
    for (const dragoman::Event& event : record->events) ++count[dragoman::to_string(event.type)];
  }
  for (const auto& [type, events] : count) std::printf("%s %d\n", type.c_str(), events);
} catch (const dragoman::Failure& failure) {
  return std::fprintf(stderr, "%s\n", failure.what()), 1;
}
