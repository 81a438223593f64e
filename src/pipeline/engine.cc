// SPDX-License-Identifier: Apache-2.0
#include "dragoman/engine.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "pipeline/ordered.h"
#include "pipeline/pipeline.h"
#include "store/duplicates.h"

namespace dragoman {

struct Engine::Parts {
  pipeline::Pipeline pipeline;
  unsigned threads;
};

Engine Engine::open(const EngineOptions& options) {
  const unsigned threads = options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  return Engine(std::unique_ptr<Parts>(new Parts{
      pipeline::Pipeline(pipeline::find_paths(options), options.published, options.min_confidence), threads}));
}

Engine::Engine(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Record> Engine::read(const Page& page) const { return parts_->pipeline.read(page); }

Record Engine::read(const Article& article) const { return parts_->pipeline.read(article); }

void Engine::read_all(const std::function<bool(Page&)>& next,
                      const std::function<void(const Page&, Result<Record>)>& done) const {
  store::RunDuplicates duplicates;
  pipeline::read_in_order(
      parts_->threads, next, [this](const Page& page) { return read(page); },
      [&](const Page& page, Result<Record> record) {
        if (record) record->article.duplicate_of = duplicates.of(record->article);
        done(page, std::move(record));
      });
}

const Origin& Engine::origin() const { return parts_->pipeline.origin(); }

}  // namespace dragoman
