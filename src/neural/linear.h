// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "neural/buffer.h"
#include "neural/kernels.h"
#include "neural/model_file.h"

namespace dragoman::neural {

enum class Precision {
  kInt8,   ///< weights int8 with a scale a column, activations int8 with a scale a row, sums exact
  kFloat,  ///< float32 throughout: the reference
};

/// Memory that products need; one a thread, used again and again.
struct LinearScratch {
  Buffer<uint8_t> quantized;
  Buffer<float> row_scale;
  Buffer<int16_t> wide;
};

/// How many outputs the linear map NAME has: what NAME.bias holds. Throws Failure (kModel) where there is none.
int width_of(const Model& model, const std::string& name);

/// y = x Wᵀ + b, with the weights packed for one instruction set. Const and shared by threads.
/// A row's result does not depend on the rows beside it, and is the same on every machine.
class Linear {
 public:
  /// Reads NAME.weight [out, in] (f32, f16, or i8 with NAME.weight.scale) and NAME.bias [out].
  /// NAME.factor [in], where there is one, is multiplied into the input: weights of inputs that run large are stored
  /// larger, so that one large input does not take the bits of all others (SmoothQuant, Xiao et al. 2022). kInt8 takes
  /// i8 weights as they are and quantises others row by row. Throws Failure (kModel).
  Linear(const Model& model, const std::string& name, int in, int out, Precision precision = Precision::kFloat,
         InstructionSet set = best_instruction_set());

  int in() const { return in_; }
  int out() const { return out_; }

  /// x: [rows, in]; y: [rows, out]. kAdd adds to what is in y.
  void apply(const float* x, int rows, float* y, LinearScratch& scratch, Epilogue epilogue = Epilogue::kStore) const;

 private:
  void pack_int8(const int8_t* weights, const std::vector<float>& scale);
  void pack_float(const std::vector<float>& weights);

  int in_ = 0;
  int out_ = 0;
  bool small_ = false;  // Int8Panels::small
  Precision precision_;
  const Kernels* kernels_;
  Buffer<int8_t> bytes_;
  Buffer<float> floats_;
  std::vector<int32_t> correction_;
  std::vector<float> scale_;
  std::vector<float> bias_;
  std::vector<float> factor_;  // one an input, multiplied into it before it is quantised; empty: ones
};

}  // namespace dragoman::neural
