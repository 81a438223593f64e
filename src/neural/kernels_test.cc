// SPDX-License-Identifier: Apache-2.0
#include "neural/kernels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>

#include "neural/linear.h"
#include "neural/model_builder.h"
#include "neural/ops.h"

namespace dragoman::neural {
namespace {

std::vector<float> random_floats(size_t n, uint32_t seed, float spread = 1.0F) {
  std::mt19937 engine(seed);
  std::normal_distribution<float> normal(0.0F, spread);
  std::vector<float> values(n);
  for (float& value : values) value = normal(engine);
  return values;
}

/// Weights [columns, depth] packed as `table` wants them.
struct Packed {
  std::vector<int8_t> bytes;
  std::vector<int32_t> correction;
};
Packed pack(const std::vector<int8_t>& weights, int columns, int depth, int group) {
  Packed packed;
  packed.correction.resize(static_cast<size_t>(round_up(columns, kLanes)));
  for (int panel = 0; panel < columns; panel += kLanes) {
    for (int k = 0; k < depth; k += group) {
      for (int c = panel; c < panel + kLanes; ++c) {
        for (int g = k; g < k + group; ++g) {
          packed.bytes.push_back(c < columns ? weights[static_cast<size_t>(c * depth + g)] : int8_t{0});
          packed.correction[static_cast<size_t>(c)] -= kZeroPoint * packed.bytes.back();
        }
      }
    }
  }
  return packed;
}

std::vector<int32_t> plain_sums(const std::vector<uint8_t>& a, const std::vector<int8_t>& w, int rows, int columns,
                                int depth) {
  std::vector<int32_t> sums;
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      int32_t sum = 0;
      for (int k = 0; k < depth; ++k)
        sum += (a[static_cast<size_t>(r * depth + k)] - kZeroPoint) * w[static_cast<size_t>(c * depth + k)];
      sums.push_back(sum);
    }
  }
  return sums;
}

std::vector<int32_t> kernel_sums(const Kernels& table, const std::vector<uint8_t>& a, const std::vector<int8_t>& w,
                                 int rows, int columns, int depth, bool small = false) {
  const Packed packed = pack(w, columns, depth, small ? table.k_group_small : table.k_group);
  std::vector<int32_t> sums(static_cast<size_t>(rows * columns));
  Buffer<int16_t> scratch(gemm_scratch(rows, depth));
  Int8Gemm job;
  job.activations = a.data();
  job.rows = rows;
  job.weights = {packed.bytes.data(), packed.correction.data(), nullptr, nullptr, columns, depth, small};
  job.sums = sums.data();
  job.scratch = scratch.data();
  table.gemm_int8(job);
  return sums;
}

class EverySet : public testing::TestWithParam<InstructionSet> {
 protected:
  const Kernels& table() const { return kernels(GetParam()); }
};
std::string name_of(const testing::TestParamInfo<InstructionSet>& set) {
  return set.param == InstructionSet::kAvx512Vnni ? "avx512" : set.param == InstructionSet::kAvx2 ? "avx2" : "portable";
}
INSTANTIATE_TEST_SUITE_P(Kernels, EverySet, testing::ValuesIn(instruction_sets()), name_of);

TEST_P(EverySet, IntegerSumsAreExact) {
  std::mt19937 engine(1);
  for (const int rows : {1, 2, 3, 5, 8, 9, 13, 17}) {
    for (const int columns : {1, 15, 16, 17, 48, 50, 96, 100}) {
      for (const int depth : {4, 8, 100, 384}) {
        std::vector<uint8_t> a(static_cast<size_t>(rows * depth));
        std::vector<int8_t> w(static_cast<size_t>(columns * depth));
        for (auto& value : a) value = static_cast<uint8_t>(engine());
        for (auto& value : w) value = static_cast<int8_t>(engine());
        EXPECT_EQ(kernel_sums(table(), a, w, rows, columns, depth), plain_sums(a, w, rows, columns, depth))
            << rows << " x " << columns << " x " << depth;
        for (auto& value : w) value = static_cast<int8_t>(value % (kSmallWeight + 1));
        EXPECT_EQ(kernel_sums(table(), a, w, rows, columns, depth, true), plain_sums(a, w, rows, columns, depth))
            << "small, " << rows << " x " << columns << " x " << depth;
      }
    }
  }
}

TEST_P(EverySet, IntegerSumsOfTheLargestValuesAreExact) {
  constexpr int kRows = 9, kColumns = 33, kDepth = 1536;
  for (const int a : {0, 255}) {
    for (const int w : {-128, 127}) {
      const std::vector<uint8_t> activations(kRows * kDepth, static_cast<uint8_t>(a));
      const std::vector<int8_t> weights(kColumns * kDepth, static_cast<int8_t>(w));
      const std::vector<int32_t> expected(kRows * kColumns, (a - kZeroPoint) * w * kDepth);
      EXPECT_EQ(kernel_sums(table(), activations, weights, kRows, kColumns, kDepth), expected);
    }
    for (const int w : {-kSmallWeight, kSmallWeight}) {
      const std::vector<uint8_t> activations(kRows * kDepth, static_cast<uint8_t>(a));
      const std::vector<int8_t> weights(kColumns * kDepth, static_cast<int8_t>(w));
      const std::vector<int32_t> expected(kRows * kColumns, (a - kZeroPoint) * w * kDepth);
      EXPECT_EQ(kernel_sums(table(), activations, weights, kRows, kColumns, kDepth, true), expected);
    }
  }
}

TEST_P(EverySet, QuantisesToNearestWithTheLargestAt127) {
  const std::vector<float> x = {0.0F, 1.0F, -2.0F, 0.5F, 127.0F * 2 / 127, 0, 0, 0, 0, 0};  // two rows of five
  std::vector<uint8_t> q(16);
  std::vector<float> scale(2);
  table().quantize(x.data(), nullptr, 2, 5, q.data(), 8, scale.data());
  const std::vector<uint8_t> expected = {128, 192, 1, 160, 255, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128};
  EXPECT_EQ(q, expected);  // 63.5 and 31.75 go to 64 and 32
  EXPECT_FLOAT_EQ(scale[0], 2.0F / 127);
  EXPECT_EQ(scale[1], 0.0F);
}

TEST_P(EverySet, FloatWorkIsTheSameToTheBit) {
  const Kernels& plain = kernels(InstructionSet::kPortable);
  constexpr int kRows = 21, kWidth = 92;
  const auto x = random_floats(kRows * kWidth, 3, 2.5F);
  const auto weight = random_floats(kWidth, 4), bias = random_floats(kWidth, 5);
  const auto same = [&](const char* name, auto call) {
    auto mine = x, theirs = x;
    call(table(), mine);
    call(plain, theirs);
    EXPECT_EQ(std::memcmp(mine.data(), theirs.data(), mine.size() * sizeof(float)), 0) << name;
    EXPECT_NE(std::memcmp(mine.data(), x.data(), mine.size() * sizeof(float)), 0) << name;
  };
  same("gelu", [](const Kernels& k, auto& v) { k.gelu(v.data(), v.size()); });
  same("sigmoid", [](const Kernels& k, auto& v) { k.sigmoid(v.data(), v.size()); });
  same("softmax", [](const Kernels& k, auto& v) { k.softmax(v.data(), kRows, kWidth); });
  same("norm",
       [&](const Kernels& k, auto& v) { k.layer_norm(v.data(), kRows, kWidth, weight.data(), bias.data(), 1e-12F); });
  const auto qkv = random_floats(37 * 3 * 64, 6);
  same("attention", [&](const Kernels& k, auto& v) {
    Buffer<float> scratch(attention_scratch(37, 32));
    std::vector<float> out(37 * 64);
    k.attention({qkv.data(), 37, 64, 2, out.data(), scratch.data()});
    v = out;
    v.resize(x.size());
  });
}

TEST_P(EverySet, AttentionIsTheFormula) {
  constexpr int kN = 19, kHidden = 32, kHeads = 2, kWidth = 16;
  const auto qkv = random_floats(kN * 3 * kHidden, 9);
  Buffer<float> scratch(attention_scratch(kN, kWidth));
  std::vector<float> out(kN * kHidden);
  table().attention({qkv.data(), kN, kHidden, kHeads, out.data(), scratch.data()});
  const auto at = [&](int row, int part, int i) {
    return static_cast<double>(qkv[static_cast<size_t>((row * 3 + part) * kHidden + i)]);
  };
  for (int head = 0; head < kHeads; ++head) {
    for (int i = 0; i < kN; ++i) {
      std::vector<double> p(kN);
      double total = 0;
      for (int j = 0; j < kN; ++j) {
        double dot = 0;
        for (int d = head * kWidth; d < (head + 1) * kWidth; ++d) dot += at(i, 0, d) * at(j, 1, d);
        total += p[static_cast<size_t>(j)] = std::exp(dot / 4.0);
      }
      for (int d = head * kWidth; d < (head + 1) * kWidth; ++d) {
        double expected = 0;
        for (int j = 0; j < kN; ++j) expected += p[static_cast<size_t>(j)] / total * at(j, 2, d);
        EXPECT_NEAR(out[static_cast<size_t>(i * kHidden + d)], expected, 1e-5);
      }
    }
  }
}

TEST(Ops, AreCloseToTheirFormulas) {
  std::vector<float> x;
  for (float at = -12.0F; at <= 12.0F; at += 0.0037F) x.push_back(at);
  auto g = x, s = x;
  gelu(g);
  sigmoid(s);
  for (size_t i = 0; i < x.size(); ++i) {
    const double v = x[i];
    EXPECT_NEAR(g[i], v * 0.5 * std::erfc(-v / std::sqrt(2.0)), 1e-5) << v;
    EXPECT_NEAR(s[i], 1.0 / (1.0 + std::exp(-v)), 1e-6) << v;
  }
  std::vector<float> p = {1.0F, 2.0F, 3.0F, -1000.0F, 0.0F, 1000.0F};
  softmax(p, 3);
  EXPECT_NEAR(p[0], 0.09003057, 1e-6);
  EXPECT_NEAR(p[2], 0.66524096, 1e-6);
  EXPECT_NEAR(p[5], 1.0, 1e-6);
  std::vector<float> row = {1.0F, 3.0F};
  layer_norm(row, std::vector<float>{2.0F, 2.0F}, std::vector<float>{0.5F, 0.5F}, 0.0F);
  EXPECT_NEAR(row[0], -1.5, 1e-6);
  EXPECT_NEAR(row[1], 2.5, 1e-6);
}

TEST(Linear, FloatAndInt8AreCloseToTheFormula) {
  constexpr int kIn = 70, kOut = 37, kRows = 11;
  const auto weights = random_floats(kIn * kOut, 11), bias = random_floats(kOut, 12),
             x = random_floats(kIn * kRows, 13);
  ModelBuilder builder({.layers = 1, .hidden = 16, .heads = 1, .ffn = 1, .vocab = 1, .positions = 1, .shapes = 1});
  const std::vector<int> shape = {kOut, kIn}, column = {kOut};
  builder.add("h.weight", shape, weights);
  builder.add("h.bias", column, bias);
  const Model model = builder.build();
  for (const InstructionSet set : instruction_sets()) {
    const Linear exact(model, "h", kIn, kOut, Precision::kFloat, set),
        rough(model, "h", kIn, kOut, Precision::kInt8, set);
    LinearScratch scratch;
    std::vector<float> y(kOut * kRows), z(kOut * kRows, 1.0F);
    exact.apply(x.data(), kRows, y.data(), scratch);
    rough.apply(x.data(), kRows, z.data(), scratch, Epilogue::kAdd);
    for (int r = 0; r < kRows; ++r) {
      for (int c = 0; c < kOut; ++c) {
        double expected = bias[static_cast<size_t>(c)];
        for (int k = 0; k < kIn; ++k)
          expected +=
              static_cast<double>(x[static_cast<size_t>(r * kIn + k)]) * weights[static_cast<size_t>(c * kIn + k)];
        EXPECT_NEAR(y[static_cast<size_t>(r * kOut + c)], expected, 1e-4);
        EXPECT_NEAR(z[static_cast<size_t>(r * kOut + c)], expected + 1.0, 0.5);  // five spreads of rounding
      }
    }
  }
}

}  // namespace
}  // namespace dragoman::neural
