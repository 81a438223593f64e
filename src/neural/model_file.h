// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/error.h"

namespace dragoman::neural {

inline constexpr int kModelFormat = 3;

/// Sizes of the encoder a model holds.
struct EncoderSizes {
  int layers = 0;
  int hidden = 0;
  int heads = 0;
  int ffn = 0;
  int vocab = 0;
  int positions = 0;       ///< longest sequence, in pieces
  int shapes = 0;          ///< word shape classes
  float eps = 1e-12F;      ///< of the layer norms
  int grammar_layers = 0;  ///< layers for grammar alone; 0 where its heads read what the last layer gives
  int grammar_from = 0;    ///< how many of `layers` come before those for grammar
};

enum class DType : uint8_t { kInt8, kFloat32, kFloat16 };

/// A tensor where it lies in the weights, row-major. Points into the Model.
struct Tensor {
  std::string name;
  DType dtype = DType::kFloat32;
  std::vector<int> shape;
  const std::byte* data = nullptr;

  size_t size() const;  ///< number of values
};

/// A model directory (docs/formats/model.md), opened and checked: manifest.json, weights.bin or weights.bin.zst,
/// vocab.txt. Const after opening and shared by threads; weights.bin stays mapped, weights.bin.zst is unpacked into
/// memory.
class Model {
 public:
  /// Throws Failure (kModel), naming the file and the reason: no such folder or file, newer format, size or SHA-256
  /// other than the manifest tells, manifest that is no JSON or lacks a field, weights that cannot be unpacked, tensor
  /// outside the weights.
  static Model open(const std::string& folder);

  /// The same from memory, without files to check; `place` stands for the folder in messages.
  static Model from_memory(std::string manifest, std::string_view weights, const std::string& place = "memory");

  Model(Model&&) noexcept;
  Model& operator=(Model&&) noexcept;
  ~Model();

  const std::string& name() const;
  const std::string& version() const;
  const std::string& hash() const;  ///< SHA-256 of manifest.json, which holds those of the other files
  const EncoderSizes& encoder() const;
  const std::string& heads_json() const;          ///< the manifest's "heads" as compact JSON, "{}" if it has none
  std::string path(std::string_view file) const;  ///< of a file of the folder, e.g. "vocab.txt"

  /// Further readers of the same texts, each with an encoder and tensors of its own, to be averaged with this one; they
  /// share its vocabulary, weights and heads_json(). Empty in most models and in these themselves.
  std::span<const Model> more() const;

  /// nullptr if there is none of this name.
  const Tensor* find(std::string_view name) const;

  /// The tensor of this name and shape. Throws Failure (kModel).
  const Tensor& tensor(const std::string& name, std::span<const int> shape) const;

  /// Its values as floats, whatever its dtype; int8 rows are multiplied by NAME.scale. Throws Failure (kModel).
  std::vector<float> floats(const std::string& name, std::span<const int> shape) const;

 private:
  struct Parts;
  explicit Model(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// IEEE half → float.
float from_half(uint16_t bits);

}  // namespace dragoman::neural
