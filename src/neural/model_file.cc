// SPDX-License-Identifier: Apache-2.0
#include "neural/model_file.h"

#include <simdjson.h>
#include <zstd.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <filesystem>
#include <optional>

#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "neural/buffer.h"

namespace dragoman::neural {
namespace {

namespace fs = std::filesystem;
using simdjson::dom::element;

constexpr size_t kAlignment = 64;
constexpr const char* kManifest = "manifest.json";
constexpr const char* kWeights = "weights.bin";
constexpr const char* kPackedWeights = "weights.bin.zst";
constexpr uint64_t kMostLayers = 1000;
constexpr uint64_t kMostWeights = 1U << 30;  // bytes, unpacked

[[noreturn]] void fail(const std::string& place, const std::string& message) {
  throw Failure({ErrorCode::kModel, message, place});
}

size_t width_of(DType dtype) { return dtype == DType::kInt8 ? 1 : dtype == DType::kFloat16 ? 2 : 4; }

std::string shape_text(std::span<const int> shape) {
  std::string text = "[";
  for (const int n : shape) text += (text.size() > 1 ? ", " : "") + std::to_string(n);
  return text + "]";
}

/// Reads fields of the manifest and tells which one is missing or of the wrong kind.
class ManifestReader {
 public:
  explicit ManifestReader(std::string place) : place_(std::move(place)) {}

  element field(element object, const char* key) const {
    element value;
    if (object[key].get(value)) fail(place_, std::string("the model's manifest lacks \"") + key + "\"");
    return value;
  }
  std::string text(element object, const char* key) const {
    std::string_view value;
    if (field(object, key).get(value)) wrong(key, "a text");
    return std::string(value);
  }
  uint64_t whole(element object, const char* key) const {
    uint64_t value = 0;
    if (field(object, key).get(value)) wrong(key, "a whole number");
    return value;
  }
  int size(element object, const char* key, uint64_t most = 1U << 24) const {
    const uint64_t value = whole(object, key);
    if (value == 0 || value > most) wrong(key, "a number between 1 and " + std::to_string(most));
    return static_cast<int>(value);
  }
  double number(element object, const char* key) const {
    double value = 0;
    if (field(object, key).get(value)) wrong(key, "a number");
    return value;
  }
  simdjson::dom::array list(element object, const char* key) const {
    simdjson::dom::array value;
    if (field(object, key).get(value)) wrong(key, "a list");
    return value;
  }
  [[noreturn]] void wrong(const char* key, const std::string& wanted) const {
    fail(place_, std::string("\"") + key + "\" in the model's manifest is not " + wanted);
  }

 private:
  std::string place_;
};

EncoderSizes read_sizes(const ManifestReader& read, element encoder, const std::string& place) {
  EncoderSizes sizes;
  sizes.layers = read.size(encoder, "layers", kMostLayers);
  sizes.hidden = read.size(encoder, "hidden");
  sizes.heads = read.size(encoder, "heads");
  sizes.ffn = read.size(encoder, "ffn");
  sizes.vocab = read.size(encoder, "vocab");
  sizes.positions = read.size(encoder, "positions");
  sizes.shapes = read.size(encoder, "shapes");
  sizes.eps = static_cast<float>(read.number(encoder, "eps"));
  if (!(sizes.eps >= 0 && sizes.eps < 1)) read.wrong("eps", "a number from 0 to below 1");
  element grammar;
  if (encoder["grammar"].get(grammar) == simdjson::SUCCESS) {
    sizes.grammar_from = read.size(grammar, "from");
    sizes.grammar_layers = read.size(grammar, "layers", kMostLayers);
    if (sizes.grammar_from > sizes.layers) fail(place, "the layers for grammar begin above the encoder's last");
  }
  if (sizes.hidden % sizes.heads != 0 || (sizes.hidden / sizes.heads) % 16 != 0) {
    fail(place, "the encoder's hidden size is not heads times a multiple of 16");
  }
  return sizes;
}

std::optional<DType> dtype_from(std::string_view name) {
  if (name == "i8") return DType::kInt8;
  if (name == "f32") return DType::kFloat32;
  if (name == "f16") return DType::kFloat16;
  return std::nullopt;
}

bool all_finite(const Tensor& tensor) {
  const auto every = [&]<class Bits>(Bits exponent) {
    const auto* values = reinterpret_cast<const Bits*>(tensor.data);
    return std::none_of(values, values + tensor.size(), [=](Bits value) { return (value & exponent) == exponent; });
  };
  if (tensor.dtype == DType::kFloat32) return every(uint32_t{0x7F800000U});
  return tensor.dtype == DType::kInt8 || every(uint16_t{0x7C00U});
}

}  // namespace

struct Model::Parts {
  std::string folder, place, name, version, hash, heads;
  EncoderSizes sizes;
  std::optional<base::MappedFile> file;
  Buffer<char> copy;
  std::string_view weights;
  std::map<std::string, Tensor, std::less<>> tensors;
  std::vector<Model> more;

  void read_manifest(const std::string& manifest);
  void read_more(const ManifestReader& read, element root);
  void read_tensor(const ManifestReader& read, element entry);
  Parts& owner_of(std::string& tensor_name);
  void check_files(const std::string& manifest);
  void unpack(std::string_view packed, const std::string& file_path);
};

// The reader that a tensor is of: "second/layer.0.out.weight" is layer.0.out.weight of the further reader "second".
Model::Parts& Model::Parts::owner_of(std::string& tensor_name) {
  const size_t slash = tensor_name.find('/');
  if (slash == std::string::npos) return *this;
  for (Model& one : more) {
    if (one.name() != std::string_view(tensor_name).substr(0, slash)) continue;
    tensor_name.erase(0, slash + 1);
    return *one.parts_;
  }
  fail(place, "tensor " + tensor_name + " is of a reader that the model does not have");
}

void Model::Parts::read_tensor(const ManifestReader& read, element entry) {
  Tensor tensor;
  tensor.name = read.text(entry, "name");
  const auto dtype = dtype_from(read.text(entry, "dtype"));
  if (!dtype) fail(place, "tensor " + tensor.name + " has a dtype other than i8, f16 and f32");
  tensor.dtype = *dtype;
  uint64_t bytes = width_of(tensor.dtype);
  for (element n : read.list(entry, "shape")) {
    uint64_t value = 0;
    if (n.get(value) || value == 0 || value > (1U << 24))
      fail(place, "tensor " + tensor.name + " has an impossible shape");
    tensor.shape.push_back(static_cast<int>(value));
    bytes *= value;
    if (bytes > weights.size()) break;  // before it can overflow; said below
  }
  const uint64_t offset = read.whole(entry, "offset");
  if (bytes > weights.size() || offset > weights.size() - bytes) {
    fail(place, "tensor " + tensor.name + " reaches beyond the end of the weights");
  }
  if (offset % kAlignment != 0) fail(place, "tensor " + tensor.name + " does not begin on a 64-byte border");
  tensor.data = reinterpret_cast<const std::byte*>(weights.data() + offset);
  if (!all_finite(tensor)) fail(place, "tensor " + tensor.name + " holds what is no finite number");
  Parts& owner = owner_of(tensor.name);
  std::string key = tensor.name;
  if (!owner.tensors.emplace(std::move(key), std::move(tensor)).second) fail(place, "a tensor is named twice");
}

void Model::Parts::read_more(const ManifestReader& read, element root) {
  if (root["more"].error() != simdjson::SUCCESS) return;
  for (element entry : read.list(root, "more")) {
    auto parts = std::make_unique<Parts>();
    parts->folder = folder;
    parts->name = read.text(entry, "name");
    const bool plain = std::all_of(parts->name.begin(), parts->name.end(), [](char c) {
      return base::is_ascii_alpha(c) || base::is_ascii_digit(c) || c == '_' || c == '-';
    });
    if (parts->name.empty() || !plain)
      fail(place, "the name of a further reader has other than letters, digits, - and _");
    for (const Model& other : more)
      if (other.name() == parts->name) fail(place, "two readers are named " + parts->name);
    parts->place = place + " (" + parts->name + ")";
    parts->sizes = read_sizes(read, read.field(entry, "encoder"), parts->place);
    if (parts->sizes.grammar_layers > 0) fail(parts->place, "a further reader has no layers for grammar");
    if (parts->sizes.vocab != sizes.vocab) fail(parts->place, "this reader's vocabulary is not that of the first");
    more.push_back(Model(std::move(parts)));
  }
}

void Model::Parts::read_manifest(const std::string& manifest) {
  simdjson::dom::parser parser;
  element root;
  if (const auto error = parser.parse(manifest).get(root)) {
    fail(place, std::string("the model's manifest is no JSON (") + simdjson::error_message(error) + ")");
  }
  const ManifestReader read(place);
  const uint64_t format = read.whole(root, "format");
  if (format != static_cast<uint64_t>(kModelFormat)) {
    fail(place, "the model is of format " + std::to_string(format) + ", this program reads format " +
                    std::to_string(kModelFormat));
  }
  name = read.text(root, "name");
  version = read.text(root, "version");
  sizes = read_sizes(read, read.field(root, "encoder"), place);
  read_more(read, root);
  for (element entry : read.list(root, "tensors")) read_tensor(read, entry);
  element head_settings;
  heads = root["heads"].get(head_settings) ? "{}" : simdjson::minify(head_settings);
  hash = base::sha256_hex(manifest);
  for (Model& one : more) {
    one.parts_->version = version;
    one.parts_->heads = heads;
    one.parts_->hash = hash;
  }
}

void Model::Parts::unpack(std::string_view packed, const std::string& file_path) {
  const unsigned long long bytes = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (bytes == ZSTD_CONTENTSIZE_ERROR) fail(file_path, "the file is not packed with zstd");
  if (bytes == ZSTD_CONTENTSIZE_UNKNOWN || bytes > kMostWeights) {
    fail(file_path,
         "the file does not tell its unpacked size, or one above " + std::to_string(kMostWeights) + " bytes");
  }
  if (ZSTD_findFrameCompressedSize(packed.data(), packed.size()) != packed.size()) {
    fail(file_path, "the file is not one whole frame");
  }
  char* to = copy.need(bytes + 1);
  const size_t got = ZSTD_decompress(to, bytes, packed.data(), packed.size());
  if (ZSTD_isError(got) != 0U || got != bytes) fail(file_path, "the file cannot be unpacked");
  weights = {to, bytes};
}

void Model::Parts::check_files(const std::string& manifest) {
  simdjson::dom::parser parser;
  element root;
  if (parser.parse(manifest).get(root)) fail(place, "the model's manifest is no JSON");
  const ManifestReader read(place);
  bool has_weights = false;
  for (element entry : read.list(root, "files")) {
    const std::string file_name = read.text(entry, "name");
    const std::string file_path = (fs::path(folder) / file_name).string();
    const bool named = !file_name.empty() && file_name != "." && file_name != ".." &&
                       std::all_of(file_name.begin(), file_name.end(), [](char c) { return c < 0 || c >= ' '; });
    if (!named) fail(place, "the manifest names a file by no name");
    if (file_name.find('/') != std::string::npos) fail(place, "the manifest names a file outside the model's folder");
    auto mapped = base::MappedFile::open(file_path);
    if (!mapped) fail(file_path, "cannot read this file of the model (" + mapped.error().message + ")");
    const std::string_view bytes = mapped->bytes();
    if (bytes.size() != read.whole(entry, "bytes")) {
      fail(file_path, "the file has " + std::to_string(bytes.size()) + " bytes, the manifest says " +
                          std::to_string(read.whole(entry, "bytes")));
    }
    if (base::sha256_hex(bytes) != read.text(entry, "sha256")) {
      fail(file_path, "the file's SHA-256 is not the one in the manifest");
    }
    if (file_name != kWeights && file_name != kPackedWeights) continue;
    if (has_weights) fail(place, "the manifest lists the weights twice");
    has_weights = true;
    if (file_name == kPackedWeights) {
      unpack(bytes, file_path);
      continue;
    }
    file.emplace(std::move(*mapped));
    weights = file->bytes();
  }
  if (!has_weights) fail(place, std::string("the manifest lists neither ") + kWeights + " nor " + kPackedWeights);
}

Model::Model(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Model::Model(Model&&) noexcept = default;
Model& Model::operator=(Model&&) noexcept = default;
Model::~Model() = default;

Model Model::open(const std::string& folder) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) fail(folder, "there is no model folder here");
  auto parts = std::make_unique<Parts>();
  parts->folder = folder;
  parts->place = (fs::path(folder) / kManifest).string();
  const auto manifest = base::read_file(parts->place, 64U << 20);
  if (!manifest) fail(parts->place, "cannot read the model's manifest (" + manifest.error().message + ")");
  parts->check_files(*manifest);
  parts->read_manifest(*manifest);
  return Model(std::move(parts));
}

Model Model::from_memory(std::string manifest, std::string_view weights, const std::string& place) {
  auto parts = std::make_unique<Parts>();
  parts->folder = parts->place = place;
  std::memcpy(parts->copy.need(weights.size() + 1), weights.data(), weights.size());
  parts->weights = {parts->copy.data(), weights.size()};
  parts->read_manifest(manifest);
  return Model(std::move(parts));
}

const std::string& Model::name() const { return parts_->name; }
const std::string& Model::version() const { return parts_->version; }
const std::string& Model::hash() const { return parts_->hash; }
const EncoderSizes& Model::encoder() const { return parts_->sizes; }
const std::string& Model::heads_json() const { return parts_->heads; }
std::string Model::path(std::string_view file) const { return (fs::path(parts_->folder) / file).string(); }

std::span<const Model> Model::more() const { return parts_->more; }

const Tensor* Model::find(std::string_view name) const {
  const auto at = parts_->tensors.find(name);
  return at == parts_->tensors.end() ? nullptr : &at->second;
}

const Tensor& Model::tensor(const std::string& name, std::span<const int> shape) const {
  const Tensor* found = find(name);
  if (found == nullptr) fail(parts_->place, "the model has no tensor " + name);
  if (!std::equal(shape.begin(), shape.end(), found->shape.begin(), found->shape.end())) {
    fail(parts_->place,
         "tensor " + name + " has shape " + shape_text(found->shape) + " where " + shape_text(shape) + " was expected");
  }
  return *found;
}

std::vector<float> Model::floats(const std::string& name, std::span<const int> shape) const {
  const Tensor& from = tensor(name, shape);
  std::vector<float> values(from.size());
  if (from.dtype == DType::kFloat32) {
    std::memcpy(values.data(), from.data, values.size() * sizeof(float));
  } else if (from.dtype == DType::kFloat16) {
    const auto* halves = reinterpret_cast<const uint16_t*>(from.data);
    for (size_t i = 0; i < values.size(); ++i) values[i] = from_half(halves[i]);
  } else {
    const int rows = shape.empty() ? 1 : shape.front();
    const std::vector<float> scale = floats(name + ".scale", std::span(&rows, 1));
    const auto* bytes = reinterpret_cast<const int8_t*>(from.data);
    const size_t row = values.size() / static_cast<size_t>(rows);
    for (size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(bytes[i]) * scale[i / row];
  }
  return values;
}

size_t Tensor::size() const {
  size_t n = 1;
  for (const int length : shape) n *= static_cast<size_t>(length);
  return n;
}

float from_half(uint16_t bits) {
  const uint32_t sign = static_cast<uint32_t>(bits & 0x8000U) << 16;
  const uint32_t magnitude = bits & 0x7FFFU;
  if (magnitude >= 0x7C00U) return std::bit_cast<float>(sign | 0x7F800000U | (magnitude & 0x3FFU) << 13);
  // Shifted into a float's place the exponent is 112 too small; a multiplication puts that right, for
  // subnormal halves as well.
  const float value = std::bit_cast<float>(magnitude << 13) * std::bit_cast<float>(0x77800000U);
  return std::bit_cast<float>(std::bit_cast<uint32_t>(value) | sign);
}

}  // namespace dragoman::neural
