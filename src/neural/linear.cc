// SPDX-License-Identifier: Apache-2.0
#include "neural/linear.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>

namespace dragoman::neural {
namespace {

/// Symmetric, one scale a row, as training/ writes i8 tensors.
std::vector<int8_t> quantize_rows(const std::vector<float>& weights, int rows, std::vector<float>& scale) {
  std::vector<int8_t> bytes(weights.size());
  const size_t row = weights.size() / static_cast<size_t>(rows);
  for (size_t r = 0; r < static_cast<size_t>(rows); ++r) {
    float high = 0;
    for (size_t i = r * row; i < (r + 1) * row; ++i) high = std::max(high, std::fabs(weights[i]));
    scale[r] = high / 127.0F;
    if (scale[r] <= 0) continue;
    for (size_t i = r * row; i < (r + 1) * row; ++i) bytes[i] = static_cast<int8_t>(std::lrint(weights[i] / scale[r]));
  }
  return bytes;
}

}  // namespace

int width_of(const Model& model, const std::string& name) {
  const Tensor* bias = model.find(name + ".bias");
  if (bias == nullptr || bias->shape.size() != 1) {
    throw Failure({ErrorCode::kModel, "the model lacks the tensor " + name + ".bias", model.path("manifest.json")});
  }
  return bias->shape.front();
}

Linear::Linear(const Model& model, const std::string& name, int in, int out, Precision precision, InstructionSet set)
    : in_(in), out_(out), precision_(precision), kernels_(&kernels(set)) {
  const std::string weight = name + ".weight";
  const std::array<int, 2> shape = {out, in};
  const std::array<int, 1> column = {out};
  bias_ = model.floats(name + ".bias", column);
  bias_.resize(static_cast<size_t>(round_up(out, kLanes)));
  const Tensor& tensor = model.tensor(weight, shape);
  const std::array<int, 1> row = {in};
  if (model.find(name + ".factor") != nullptr) factor_ = model.floats(name + ".factor", row);
  if (precision == Precision::kFloat) {
    std::vector<float> weights = model.floats(weight, shape);
    for (size_t i = 0; i < weights.size() && !factor_.empty(); ++i) weights[i] *= factor_[i % factor_.size()];
    pack_float(weights);
  } else if (tensor.dtype == DType::kInt8) {
    pack_int8(reinterpret_cast<const int8_t*>(tensor.data), model.floats(weight + ".scale", column));
  } else {
    std::vector<float> scale(static_cast<size_t>(out));
    const std::vector<int8_t> bytes = quantize_rows(model.floats(weight, shape), out, scale);
    pack_int8(bytes.data(), scale);
  }
}

void Linear::pack_int8(const int8_t* weights, const std::vector<float>& scale) {
  const int depth = round_up(in_, kDepthStep);
  const int columns = round_up(out_, kLanes);
  const size_t values = static_cast<size_t>(in_) * static_cast<size_t>(out_);
  small_ = std::all_of(weights, weights + values, [](int8_t w) { return -kSmallWeight <= w && w <= kSmallWeight; });
  const int group = small_ ? kernels_->k_group_small : kernels_->k_group;
  scale_ = scale;
  scale_.resize(static_cast<size_t>(columns));
  correction_.assign(static_cast<size_t>(columns), 0);
  for (int c = 0; c < out_; ++c) {
    const int8_t* row = weights + static_cast<ptrdiff_t>(c) * in_;
    correction_[static_cast<size_t>(c)] = -kZeroPoint * std::accumulate(row, row + in_, int32_t{0});
  }
  int8_t* to = bytes_.need(static_cast<size_t>(columns) * static_cast<size_t>(depth));
  std::fill_n(to, static_cast<size_t>(columns) * static_cast<size_t>(depth), int8_t{0});
  for (int panel = 0; panel < columns; panel += kLanes) {
    for (int k = 0; k < depth; k += group) {
      const auto n = static_cast<size_t>(std::clamp(in_ - k, 0, group));
      for (int c = panel; c < std::min(panel + kLanes, out_); ++c) {
        std::memcpy(to + (c - panel) * group, weights + static_cast<ptrdiff_t>(c) * in_ + k, n);
      }
      to += kLanes * group;
    }
  }
}

void Linear::pack_float(const std::vector<float>& weights) {
  const int columns = round_up(out_, kLanes);
  float* to = floats_.need(static_cast<size_t>(columns) * static_cast<size_t>(in_));
  for (int panel = 0; panel < columns; panel += kLanes) {
    for (int k = 0; k < in_; ++k) {
      for (int c = panel; c < panel + kLanes; ++c) {
        *to++ = c < out_ ? weights[static_cast<size_t>(c) * static_cast<size_t>(in_) + static_cast<size_t>(k)] : 0.0F;
      }
    }
  }
}

void Linear::apply(const float* x, int rows, float* y, LinearScratch& scratch, Epilogue epilogue) const {
  if (precision_ == Precision::kFloat) {
    return kernels_->gemm_float({.activations = x,
                                 .rows = rows,
                                 .weights = {floats_.data(), bias_.data(), out_, in_},
                                 .epilogue = epilogue,
                                 .out = y,
                                 .out_stride = out_});
  }
  const int depth = round_up(in_, kDepthStep);
  uint8_t* quantized = scratch.quantized.need(static_cast<size_t>(rows) * static_cast<size_t>(depth));
  float* row_scale = scratch.row_scale.need(static_cast<size_t>(rows));
  kernels_->quantize(x, factor_.empty() ? nullptr : factor_.data(), rows, in_, quantized, depth, row_scale);
  Int8Gemm job;
  job.activations = quantized;
  job.row_scale = row_scale;
  job.rows = rows;
  job.weights = {bytes_.data(), correction_.data(), scale_.data(), bias_.data(), out_, depth, small_};
  job.epilogue = epilogue;
  job.out = y;
  job.out_stride = out_;
  job.scratch = scratch.wide.need(gemm_scratch(rows, depth));
  kernels_->gemm_int8(job);
}

}  // namespace dragoman::neural
