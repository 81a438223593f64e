// SPDX-License-Identifier: Apache-2.0
#include "neural/model_builder.h"

#include <array>
#include <cmath>
#include <random>

#include "base/json_writer.h"

namespace dragoman::neural {
namespace {

/// Roughly normal values: the sum of four uniform ones.
class Random {
 public:
  explicit Random(uint64_t seed) : engine_(seed) {}
  float normal(float spread) {
    float total = 0;
    for (int i = 0; i < 4; ++i) total += static_cast<float>(engine_() >> 40) * 0x1p-24F - 0.5F;
    return total * spread * std::sqrt(3.0F);
  }
  std::vector<float> normals(size_t n, float spread, float centre = 0) {
    std::vector<float> values(n);
    for (float& value : values) value = centre + normal(spread);
    return values;
  }
  std::vector<int8_t> bytes(size_t n) {
    std::vector<int8_t> values(n);
    for (int8_t& value : values) value = static_cast<int8_t>(std::lrint(normal(36.0F)));  // at most 125
    return values;
  }

 private:
  std::mt19937_64 engine_;
};

void write_sizes(base::JsonWriter& json, const EncoderSizes& sizes) {
  json.begin_object().key("layers").value(sizes.layers).key("hidden").value(sizes.hidden);
  json.key("heads").value(sizes.heads).key("ffn").value(sizes.ffn).key("vocab").value(sizes.vocab);
  json.key("positions").value(sizes.positions).key("shapes").value(sizes.shapes);
  json.key("eps").value(static_cast<double>(sizes.eps));
  if (sizes.grammar_layers > 0) {
    json.key("grammar").begin_object().key("from").value(sizes.grammar_from);
    json.key("layers").value(sizes.grammar_layers).end_object();
  }
  json.end_object();
}

}  // namespace

void ModelBuilder::append(const std::string& name, const char* dtype, std::span<const int> shape,
                          std::span<const std::byte> bytes) {
  weights_.resize((weights_.size() + 63) / 64 * 64);
  base::JsonWriter json;
  json.begin_object().key("name").value(name).key("dtype").value(dtype).key("shape").begin_array();
  for (const int n : shape) json.value(n);
  json.end_array().key("offset").value(static_cast<uint64_t>(weights_.size())).end_object();
  if (!tensors_.empty()) tensors_ += ',';
  tensors_ += json.take();
  weights_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

void ModelBuilder::add(const std::string& name, std::span<const int> shape, std::span<const float> values) {
  append(name, "f32", shape, std::as_bytes(values));
}

void ModelBuilder::add(const std::string& name, std::span<const int> shape, std::span<const int8_t> values,
                       std::span<const float> scale) {
  append(name, "i8", shape, std::as_bytes(values));
  add(name + ".scale", shape.first(1), scale);
}

void ModelBuilder::add_random_encoder(uint64_t seed) {
  Random random(seed);
  const auto floats = [&](const std::string& name, std::vector<int> shape, float spread, float centre = 0) {
    size_t n = 1;
    for (const int length : shape) n *= static_cast<size_t>(length);
    add(name, shape, random.normals(n, spread, centre));
  };
  const auto bytes = [&](const std::string& name, int rows, int columns, float spread) {
    const std::array<int, 2> shape = {rows, columns};
    const std::vector<float> scale(static_cast<size_t>(rows), spread / 36.0F);
    add(name, shape, random.bytes(static_cast<size_t>(rows) * static_cast<size_t>(columns)), scale);
  };
  const auto linear = [&](const std::string& name, int out, int in) {
    bytes(name + ".weight", out, in, 1.0F / std::sqrt(static_cast<float>(in)));
    floats(name + ".bias", {out}, 0.1F);
  };
  const auto norm = [&](const std::string& name) {
    floats(name + ".weight", {sizes_.hidden}, 0.1F, 1.0F);
    floats(name + ".bias", {sizes_.hidden}, 0.1F);
  };
  bytes("embeddings.word", sizes_.vocab, sizes_.hidden, 0.05F);
  floats("embeddings.position", {sizes_.positions, sizes_.hidden}, 0.02F);
  floats("embeddings.shape", {sizes_.shapes, sizes_.hidden}, 0.02F);
  norm("embeddings.norm");
  const auto layers = [&](const std::string& prefix, int count) {
    for (int i = 0; i < count; ++i) {
      const std::string layer = prefix + std::to_string(i) + ".";
      linear(layer + "qkv", 3 * sizes_.hidden, sizes_.hidden);
      linear(layer + "out", sizes_.hidden, sizes_.hidden);
      norm(layer + "attention_norm");
      linear(layer + "ffn_in", sizes_.ffn, sizes_.hidden);
      linear(layer + "ffn_out", sizes_.hidden, sizes_.ffn);
      norm(layer + "ffn_norm");
    }
  };
  layers("layer.", sizes_.layers);
  layers("grammar.layer.", sizes_.grammar_layers);
}

std::string ModelBuilder::manifest() const {
  base::JsonWriter json;
  json.begin_object().key("format").value(kModelFormat).key("name").value("built").key("version").value("0");
  json.key("encoder");
  write_sizes(json, sizes_);
  if (!more_.empty()) {
    json.key("more").begin_array();
    for (const auto& [name, sizes] : more_) {
      json.begin_object().key("name").value(name).key("encoder");
      write_sizes(json, sizes);
      json.end_object();
    }
    json.end_array();
  }
  json.key("files").begin_array().end_array().key("tensors").begin_array();
  if (!tensors_.empty()) json.raw(tensors_);
  return json.end_array().end_object().take();
}

Model ModelBuilder::build() const { return Model::from_memory(manifest(), weights_); }

}  // namespace dragoman::neural
