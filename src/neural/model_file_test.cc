// SPDX-License-Identifier: Apache-2.0
#include "neural/model_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zstd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include "base/hash.h"
#include "neural/model_builder.h"

namespace dragoman::neural {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// A copy of the tiny model to damage.
class Copy {
 public:
  Copy()
      : folder_(fs::temp_directory_path() /
                ("dragoman-model-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) +
                 std::to_string(reinterpret_cast<uintptr_t>(this)))) {
    fs::remove_all(folder_);
    fs::copy("tests/neural/tiny", folder_);
  }
  ~Copy() { fs::remove_all(folder_); }
  std::string folder() const { return folder_.string(); }
  std::string file(const std::string& name) const { return (folder_ / name).string(); }
  std::string read(const std::string& name) const {
    std::ifstream in(file(name), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(file(name), std::ios::binary) << bytes;
  }
  void replace(const std::string& from, const std::string& to) const {
    std::string text = read("manifest.json");
    const size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    write("manifest.json", text.replace(at, from.size(), to));
  }

 private:
  fs::path folder_;
};

Error error_of(const std::function<void()>& open) {
  try {
    open();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.error().code, ErrorCode::kModel);
    return failure.error();
  }
  ADD_FAILURE() << "nothing failed";
  return {};
}
Error error_of_opening(const std::string& folder) {
  return error_of([&] { Model::open(folder); });
}

TEST(Model, OpensAFolder) {
  const Model model = Model::open("tests/neural/tiny");
  EXPECT_EQ(model.name(), "tiny");
  EXPECT_EQ(model.version(), "1");
  EXPECT_EQ(model.hash().size(), 64U);
  EXPECT_EQ(model.encoder().hidden, 64);
  EXPECT_EQ(model.encoder().ffn, 100);
  EXPECT_EQ(model.heads_json(), R"({"tags":{"labels":["a","b","c","d","e"]}})");
  EXPECT_EQ(model.path("vocab.txt"), "tests/neural/tiny/vocab.txt");
  ASSERT_NE(model.find("layer.1.ffn_out.weight"), nullptr);
  EXPECT_EQ(model.find("layer.1.ffn_out.weight")->dtype, DType::kInt8);
  EXPECT_EQ(model.find("layer.2.ffn_out.weight"), nullptr);
}

TEST(Model, TellsWhatIsMissing) {
  const Copy copy;
  const Error no_folder = error_of_opening(copy.folder() + "/nowhere");
  EXPECT_EQ(no_folder.place, copy.folder() + "/nowhere");
  EXPECT_EQ(no_folder.message, "there is no model folder here");
  fs::remove(copy.file("weights.bin"));
  const Error no_weights = error_of_opening(copy.folder());
  EXPECT_EQ(no_weights.place, copy.file("weights.bin"));
  EXPECT_THAT(no_weights.message, HasSubstr("cannot read this file of the model"));
  fs::remove(copy.file("manifest.json"));
  const Error no_manifest = error_of_opening(copy.folder());
  EXPECT_EQ(no_manifest.place, copy.file("manifest.json"));
  EXPECT_THAT(no_manifest.message, HasSubstr("cannot read the model's manifest"));
}

TEST(Model, TellsWhatIsDamaged) {
  const Copy copy;
  std::string weights = copy.read("weights.bin");
  weights[1000] = static_cast<char>(weights[1000] ^ 1);
  copy.write("weights.bin", weights);
  EXPECT_EQ(error_of_opening(copy.folder()).message, "the file's SHA-256 is not the one in the manifest");
  copy.write("weights.bin", weights.substr(1));
  EXPECT_THAT(error_of_opening(copy.folder()).message, HasSubstr("bytes, the manifest says"));
  EXPECT_EQ(error_of_opening(copy.folder()).place, copy.file("weights.bin"));
}

TEST(Model, TellsWhatIsWrongWithTheManifest) {
  const auto with = [](const std::string& from, const std::string& to) {
    const Copy copy;
    copy.replace(from, to);
    return error_of_opening(copy.folder()).message;
  };
  EXPECT_EQ(with("\"format\": 3", "\"format\": 2"), "the model is of format 2, this program reads format 3");
  EXPECT_THAT(with("{", "["), HasSubstr("no JSON"));
  EXPECT_EQ(with("\"version\"", "\"Version\""), "the model's manifest lacks \"version\"");
  EXPECT_EQ(with("\"layers\": 2", "\"layers\": \"two\""), "\"layers\" in the model's manifest is not a whole number");
  EXPECT_EQ(with("\"layers\": 2", "\"layers\": 1001"),
            "\"layers\" in the model's manifest is not a number between 1 and 1000");
  EXPECT_EQ(with("\"eps\": 1e-12", "\"eps\": -1"), "\"eps\" in the model's manifest is not a number from 0 to below 1");
  EXPECT_EQ(with("\"name\": \"weights.bin\"", "\"name\": \"a\\u0000b\""), "the manifest names a file by no name");
  EXPECT_EQ(with("\"heads\": 4", "\"heads\": 3"), "the encoder's hidden size is not heads times a multiple of 16");
  EXPECT_EQ(with("\"dtype\": \"i8\"", "\"dtype\": \"i4\""),
            "tensor embeddings.word has a dtype other than i8, f16 and f32");
  EXPECT_EQ(with("\"offset\": 0", "\"offset\": 6400000"),
            "tensor embeddings.word reaches beyond the end of the weights");
  EXPECT_EQ(with("\"offset\": 0", "\"offset\": 18446744073709551552"),
            "tensor embeddings.word reaches beyond the end of the weights");
  EXPECT_EQ(with("\"offset\": 0", "\"offset\": 32"), "tensor embeddings.word does not begin on a 64-byte border");
  EXPECT_EQ(with("\"name\": \"weights.bin\"", "\"name\": \"../weights.bin\""),
            "the manifest names a file outside the model's folder");
  EXPECT_EQ(with("embeddings.position", "embeddings.word"), "a tensor is named twice");
}

std::string packed(const std::string& bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), 0);
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

/// The tiny model with packed weights in place of its own; `write` gets what is packed.
Copy with_packed(const std::function<std::string(const std::string&)>& pack) {
  Copy copy;
  const std::string plain = copy.read("weights.bin");
  const std::string bytes = pack(plain);
  copy.write("weights.bin.zst", bytes);
  copy.replace("\"name\": \"weights.bin\"", "\"name\": \"weights.bin.zst\"");
  copy.replace("\"bytes\": " + std::to_string(plain.size()), "\"bytes\": " + std::to_string(bytes.size()));
  copy.replace(base::sha256_hex(plain), base::sha256_hex(bytes));
  return copy;
}

TEST(Model, UnpacksWeights) {
  const Copy copy = with_packed(packed);
  const Model model = Model::open(copy.folder());
  const Model plain = Model::open("tests/neural/tiny");
  const std::vector<int> shape = {97, 64};
  EXPECT_EQ(model.floats("embeddings.word", shape), plain.floats("embeddings.word", shape));
}

TEST(Model, TellsWhatCannotBeUnpacked) {
  const auto error = [](const std::function<std::string(const std::string&)>& pack) {
    const Copy copy = with_packed(pack);
    const Error found = error_of_opening(copy.folder());
    EXPECT_EQ(found.place, copy.file("weights.bin.zst"));
    return found.message;
  };
  EXPECT_EQ(error([](const std::string& plain) { return plain; }), "the file is not packed with zstd");
  const std::string frame = "the file is not one whole frame";
  EXPECT_EQ(error([](const std::string& plain) { return packed(plain).substr(0, 1000); }), frame);
  EXPECT_EQ(error([](const std::string& plain) { return packed(plain) + "more"; }), frame);
  EXPECT_EQ(error([](const std::string& plain) { return packed(plain) + packed(""); }), frame);
  const Copy twice;
  twice.write("weights.bin.zst", "");
  twice.replace("\"files\": [", "\"files\": [{\"name\": \"weights.bin.zst\", \"bytes\": 0, \"sha256\": \"" +
                                    base::sha256_hex("") + "\"},");
  EXPECT_EQ(error_of_opening(twice.folder()).message, "the file is not packed with zstd");
}

constexpr EncoderSizes kOneLayer = {
    .layers = 1, .hidden = 16, .heads = 1, .ffn = 1, .vocab = 3, .positions = 1, .shapes = 1};

TEST(Model, HoldsFurtherReaders) {
  ModelBuilder builder(kOneLayer);
  EncoderSizes wider = kOneLayer;
  wider.hidden = 32;
  builder.add_reader("second", wider);
  const std::vector<int> shape = {2};
  builder.add("x", shape, std::vector<float>{1, 2});
  builder.add("second/x", shape, std::vector<float>{3, 4});
  const Model model = builder.build();
  ASSERT_EQ(model.more().size(), 1U);
  const Model& second = model.more().front();
  EXPECT_EQ(second.name(), "second");
  EXPECT_EQ(second.encoder().hidden, 32);
  EXPECT_EQ(second.hash(), model.hash());
  EXPECT_TRUE(second.more().empty());
  EXPECT_THAT(model.floats("x", shape), ::testing::ElementsAre(1, 2));
  EXPECT_THAT(second.floats("x", shape), ::testing::ElementsAre(3, 4));
  EXPECT_EQ(error_of([&] { second.tensor("y", shape); }).place, "memory (second)");
}

TEST(Model, TellsWhatIsWrongWithFurtherReaders) {
  const std::vector<int> shape = {1};
  ModelBuilder stranger(kOneLayer);
  stranger.add("third/x", shape, std::vector<float>{1});
  EXPECT_EQ(error_of([&] { stranger.build(); }).message, "tensor third/x is of a reader that the model does not have");
  ModelBuilder other(kOneLayer);
  EncoderSizes larger = kOneLayer;
  larger.vocab = 4;
  other.add_reader("second", larger);
  EXPECT_EQ(error_of([&] { other.build(); }).message, "this reader's vocabulary is not that of the first");
  ModelBuilder twice(kOneLayer);
  for (int i = 0; i < 2; ++i) twice.add_reader("second", kOneLayer);
  EXPECT_EQ(error_of([&] { twice.build(); }).message, "two readers are named second");
  for (const char* const name : {"", "a/b", "a\nb"}) {
    ModelBuilder odd(kOneLayer);
    odd.add_reader(name, kOneLayer);
    EXPECT_EQ(error_of([&] { odd.build(); }).message,
              "the name of a further reader has other than letters, digits, - and _");
  }
  ModelBuilder grammar(kOneLayer);
  EncoderSizes with = kOneLayer;
  with.grammar_from = with.grammar_layers = 1;
  grammar.add_reader("second", with);
  EXPECT_EQ(error_of([&] { grammar.build(); }).message, "a further reader has no layers for grammar");
}

TEST(Model, ChecksShapesWhenAsked) {
  const Model model = Model::open("tests/neural/tiny");
  const std::vector<int> wrong = {97, 65};
  EXPECT_EQ(error_of([&] { model.tensor("embeddings.word", wrong); }).message,
            "tensor embeddings.word has shape [97, 64] where [97, 65] was expected");
}

TEST(Model, GivesFloatsOfEveryType) {
  ModelBuilder builder({.layers = 1, .hidden = 16, .heads = 1, .ffn = 1, .vocab = 1, .positions = 1, .shapes = 1});
  const std::vector<int> shape = {2, 2};
  const std::vector<int8_t> bytes = {1, -2, 3, -128};
  const std::vector<float> scale = {0.5F, 2.0F};
  builder.add("x", shape, bytes, scale);
  const Model model = builder.build();
  EXPECT_THAT(model.floats("x", shape), ::testing::ElementsAre(0.5F, -1.0F, 6.0F, -256.0F));
}

TEST(Model, RefusesWhatIsNoFiniteNumber) {
  for (const float odd : {std::nanf(""), -INFINITY}) {
    ModelBuilder builder(kOneLayer);
    builder.add("x", std::vector<int>{3}, std::vector<float>{1, odd, 2});
    EXPECT_EQ(error_of([&] { builder.build(); }).message, "tensor x holds what is no finite number");
    ModelBuilder scaled(kOneLayer);
    scaled.add("y", std::vector<int>{2, 1}, std::vector<int8_t>{1, 2}, std::vector<float>{1, odd});
    EXPECT_EQ(error_of([&] { scaled.build(); }).message, "tensor y.scale holds what is no finite number");
  }
}

TEST(Half, ConvertsAsIeeeSays) {
  EXPECT_EQ(from_half(0x3C00), 1.0F);
  EXPECT_EQ(from_half(0xC000), -2.0F);
  EXPECT_EQ(from_half(0x7BFF), 65504.0F);
  EXPECT_EQ(from_half(0x0001), 0x1p-24F);
  EXPECT_EQ(from_half(0x8000), -0.0F);
  EXPECT_TRUE(std::signbit(from_half(0x8000)));
  EXPECT_TRUE(std::isinf(from_half(0x7C00)));
  EXPECT_TRUE(std::isnan(from_half(0x7E00)));
}

}  // namespace
}  // namespace dragoman::neural
