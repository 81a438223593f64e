// SPDX-License-Identifier: Apache-2.0
#include "language/confidence.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace dragoman::language {
namespace {

// Nearer to 0 or 1 the heads' probabilities say nothing more.
constexpr double kSurest = 0.998;

constexpr std::array<std::string_view, 6> kOfEvents = {"trigger", "act", "mode", "rival", "actor", "recipient"};
constexpr std::array<std::string_view, 7> kOfStatements = {"cue",  "begin",  "content", "speaker",
                                                           "free", "quoted", "words"};

double scaled(ConfidenceMap::Scale scale, double value) {
  switch (scale) {
    case ConfidenceMap::Scale::kLogOdds: {
      const double p = std::clamp(value, 1 - kSurest, kSurest);
      return std::log(p / (1 - p));
    }
    case ConfidenceMap::Scale::kLog: return std::log1p(value);
    default: return value;
  }
}

[[noreturn]] void refuse(const neural::Model& model, const std::string& why) {
  throw Failure({ErrorCode::kModel, "\"heads.calibration\" " + why, model.path("manifest.json")});
}

class MapReader {
 public:
  explicit MapReader(const neural::Model& model) : model_(model) {}

  template <class Names>
  ConfidenceMap read(simdjson::dom::element from, const char* key, const Names& known) const {
    simdjson::dom::element object;
    if (from[key].get(object) != simdjson::SUCCESS) refuse(model_, std::string("lacks \"") + key + "\"");
    ConfidenceMap map;
    map.base = number(object, "base");
    map.floor = probability(object, "floor");
    map.threshold = probability(object, "threshold");
    simdjson::dom::array weights;
    if (object["weights"].get(weights) != simdjson::SUCCESS) refuse(model_, "lacks the list \"weights\"");
    for (const simdjson::dom::element item : weights) {
      std::string_view of, scale;
      if (item["of"].get(of) != simdjson::SUCCESS || item["scale"].get(scale) != simdjson::SUCCESS) {
        refuse(model_, "has a weight without \"of\" or \"scale\"");
      }
      if (std::find(known.begin(), known.end(), of) == known.end()) {
        refuse(model_, "weighs \"" + std::string(of) + "\", which this program does not know");
      }
      map.weights.push_back({std::string(of), scale_of(scale), number(item, "weight")});
    }
    return map;
  }

  double probability(simdjson::dom::element from, const char* key) const {
    const double value = number(from, key);
    if (!(value >= 0 && value <= 1)) refuse(model_, std::string("has a \"") + key + "\" that is no probability");
    return value;
  }

 private:
  double number(simdjson::dom::element from, const char* key) const {
    double value = 0;
    if (from[key].get(value) != simdjson::SUCCESS || !std::isfinite(value)) {
      refuse(model_, std::string("lacks the number \"") + key + "\"");
    }
    return value;
  }

  ConfidenceMap::Scale scale_of(std::string_view name) const {
    if (name == "plain") return ConfidenceMap::Scale::kPlain;
    if (name == "log-odds") return ConfidenceMap::Scale::kLogOdds;
    if (name == "log") return ConfidenceMap::Scale::kLog;
    refuse(model_, "has the unknown scale \"" + std::string(name) + "\"");
  }

  const neural::Model& model_;
};

}  // namespace

ConfidenceMap ConfidenceMap::plain(const std::string& of) {
  ConfidenceMap map;
  map.weights.push_back({of, Scale::kLogOdds, 1});
  return map;
}

float ConfidenceMap::confidence(std::vector<ConfidencePart>& parts) const {
  double sum = base;
  for (ConfidencePart& part : parts) {
    for (const Weight& weight : weights) {
      if (weight.of == part.of) part.adds += static_cast<float>(weight.weight * scaled(weight.scale, part.value));
    }
    sum += static_cast<double>(part.adds);
  }
  parts.push_back({"base", 1, static_cast<float>(base)});
  return static_cast<float>(1 / (1 + std::exp(-sum)));
}

Calibration read_calibration(const neural::Model& model, double trigger, double cue) {
  Calibration calibration;
  calibration.events.floor = trigger;
  calibration.statements.floor = cue;
  simdjson::dom::parser parser;
  simdjson::dom::element heads, found;
  if (parser.parse(model.heads_json()).get(heads) != simdjson::SUCCESS) refuse(model, "cannot be read");
  if (heads["calibration"].get(found) != simdjson::SUCCESS) return calibration;
  const MapReader reader(model);
  calibration.events = reader.read(found, "events", kOfEvents);
  calibration.statements = reader.read(found, "statements", kOfStatements);
  calibration.quotation = reader.probability(found, "quotation");
  return calibration;
}

}  // namespace dragoman::language
