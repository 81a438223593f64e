// SPDX-License-Identifier: Apache-2.0
#include "pipeline/pipeline.h"

#include <utility>

#include "dragoman/version.h"
#include "ingest/extract.h"
#include "ingest/publication_date.h"
#include "linking/link.h"
#include "linking/name_kinds.h"
#include "linking/places.h"
#include "pipeline/data_hash.h"

namespace dragoman::pipeline {
namespace {

constexpr size_t kShownHash = 12;  // hex digits of a hash that a record carries

Origin origin_of(const neural::Model& model, const Paths& paths, const knowledge::Ontology& ontology) {
  Origin origin;
  origin.engine = kVersion;
  origin.model = model.name() + " " + model.version() + " (sha256 " + model.hash().substr(0, kShownHash) + ")";
  origin.knowledge = "sha256 " + data_hash(paths.data).substr(0, kShownHash);
  if (!paths.own.empty()) origin.knowledge += " and own rows, sha256 " + data_hash(paths.own).substr(0, kShownHash);
  origin.ontology = ontology.version();
  return origin;
}

}  // namespace

Pipeline::Pipeline(const Paths& paths, std::string published, std::optional<double> min_confidence)
    : model_(neural::Model::open(paths.model)),
      reader_(model_, {min_confidence}),
      knowledge_(knowledge::Knowledge::open(paths.data, paths.own, paths.index)),
      gazetteer_(knowledge::Gazetteer::open(paths.data)),
      ontology_(knowledge::Ontology::load(paths.ontology())),
      coder_(ontology_, paths.data, {reader_.calibration().quotation, reader_.calibration().statements.threshold}),
      published_(std::move(published)),
      origin_(origin_of(model_, paths, ontology_)) {}

Result<Record> Pipeline::read(const Page& page) const {
  Page dated = page;
  if (dated.published.empty()) {
    dated.published = published_;
    dated.published_basis = "argument";
  }

  Result<Article> article = ingest::extract(dated);
  if (!article) return article.error();
  if (!article->published && !published_.empty()) {  // the page's own date cannot be read
    article->published = ingest::parse_publication(published_, "argument");
  }
  return read(std::move(*article));
}

Record Pipeline::read(Article article) const {
  Analysis analysis = reader_.read(article);
  linking::settle_kinds(article.text, knowledge_, gazetteer_, analysis);
  Links links = linking::link(article, analysis, knowledge_);
  linking::locate(article.text, analysis, knowledge_, gazetteer_, links);
  coding::Coded coded = coder_.code(article, analysis, links);

  Record record;
  record.article = std::move(article);
  record.sentences = std::move(analysis.sentences);
  record.entities = std::move(links.entities);
  record.events = std::move(coded.events);
  record.statements = std::move(coded.statements);
  record.quantities = std::move(coded.quantities);
  record.instruments = std::move(coded.instruments);
  record.positions = std::move(coded.positions);
  record.dates = std::move(coded.dates);
  record.origin = origin_;
  return record;
}

}  // namespace dragoman::pipeline
