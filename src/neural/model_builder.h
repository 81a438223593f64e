// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "neural/model_file.h"

namespace dragoman::neural {

/// Puts a model together in memory, for tests and timings; real ones come from training/.
class ModelBuilder {
 public:
  explicit ModelBuilder(EncoderSizes sizes) : sizes_(sizes) {}

  void add(const std::string& name, std::span<const int> shape, std::span<const float> values);
  /// With NAME.scale, one a row.
  void add(const std::string& name, std::span<const int> shape, std::span<const int8_t> values,
           std::span<const float> scale);
  /// A further reader of the model, whose tensors are added as NAME/… .
  void add_reader(const std::string& name, const EncoderSizes& sizes) { more_.emplace_back(name, sizes); }
  /// Every tensor the encoder needs, int8 and float, with random values of a trained model's spread.
  void add_random_encoder(uint64_t seed);

  Model build() const;
  std::string manifest() const;
  const std::string& weights() const { return weights_; }

 private:
  void append(const std::string& name, const char* dtype, std::span<const int> shape, std::span<const std::byte> bytes);

  EncoderSizes sizes_;
  std::vector<std::pair<std::string, EncoderSizes>> more_;
  std::string weights_;
  std::string tensors_;
};

}  // namespace dragoman::neural
