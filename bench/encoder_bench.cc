// SPDX-License-Identifier: Apache-2.0
// How many pieces a second the encoder reads on one core, and where the time goes.
//
//     encoder_bench [SECONDS]
//
// A 6 × 384 model with random weights reads random sequences of 30, 60 and 160 pieces, packed in calls of 1,024; thread
// CPU time on one pinned core, medians. An article is taken as 850 pieces. Every instruction set of the machine is
// timed.
#include <pthread.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "neural/encoder.h"
#include "neural/model_builder.h"

namespace {

using namespace dragoman::neural;  // NOLINT: one small program

constexpr EncoderSizes kSizes = {
    .layers = 6, .hidden = 384, .heads = 12, .ffn = 1536, .vocab = 30522, .positions = 256, .shapes = 20};
constexpr int kRows = 1024;
constexpr double kArticle = 850;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Median seconds of a call, over calls that fill about `budget` seconds (at least five).
double median_time(double budget, const std::function<void()>& call) {
  call();
  std::vector<double> times;
  const double start = cpu_seconds();
  while (times.size() < 5 || cpu_seconds() - start < budget) {
    const double before = cpu_seconds();
    call();
    times.push_back(cpu_seconds() - before);
  }
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
  return times[times.size() / 2];
}

std::vector<float> random_floats(size_t n) {
  std::mt19937 engine(1);
  std::normal_distribution<float> normal;
  std::vector<float> values(n);
  for (float& value : values) value = normal(engine);
  return values;
}

void time_encoder(const Model& model, InstructionSet set, Precision precision, uint32_t length, double budget) {
  const Encoder encoder(model, precision, set);
  std::mt19937 engine(7);
  std::vector<uint32_t> lengths(kRows / length, length);
  std::vector<int32_t> ids(lengths.size() * length);
  std::vector<uint8_t> shapes(ids.size());
  for (size_t i = 0; i < ids.size(); ++i) {
    ids[i] = static_cast<int32_t>(engine() % 30522U);
    shapes[i] = static_cast<uint8_t>(engine() % 20U);
  }
  Scratch scratch;
  std::vector<float> out(ids.size() * 384);
  const double time = median_time(budget, [&] { encoder.encode(ids, shapes, lengths, scratch, out.data()); });
  const double pieces = static_cast<double>(ids.size()) / time;
  std::printf("%-12s %-5s sequences of %3u: %8.0f pieces/s  %6.2f articles/s\n", to_string(set),
              precision == Precision::kInt8 ? "int8" : "fp32", length, pieces, pieces / kArticle);
}

/// The parts of a layer by themselves, 384 rows in sequences of 60 (the six layers' share of one piece, in
/// microseconds).
void time_parts(const Model& model, InstructionSet set, double budget) {
  constexpr int kGroup = 384;
  const Kernels& table = kernels(set);
  const auto x = random_floats(static_cast<size_t>(kGroup) * 1536);
  std::vector<float> y(x.size());
  LinearScratch scratch;
  double products = 0;
  double multiplications = 0;
  const auto product = [&](const char* name, int in, int out, Epilogue epilogue) {
    const Linear linear(model, std::string("layer.0.") + name, in, out, Precision::kInt8, set);
    const double time = median_time(budget, [&] { linear.apply(x.data(), kGroup, y.data(), scratch, epilogue); });
    products += time;
    multiplications += static_cast<double>(in) * out * kGroup;
    return time;
  };
  product("qkv", 384, 1152, Epilogue::kStore);
  product("out", 384, 384, Epilogue::kAdd);
  product("ffn_in", 384, 1536, Epilogue::kStore);
  product("ffn_out", 1536, 384, Epilogue::kAdd);
  Buffer<float> memory(attention_scratch(160, 32));
  std::vector<float> qkv = random_floats(160 * 1152);
  const auto attention = [&](int n) {
    return median_time(budget, [&] { table.attention({qkv.data(), n, 384, 12, y.data(), memory.data()}); }) / n;
  };
  const std::vector<float> weight(384, 1.0F);
  std::vector<float> z(x);
  const double norm =
      median_time(budget, [&] { table.layer_norm(z.data(), kGroup, 384, weight.data(), weight.data(), 1e-12F); });
  const double gelus = median_time(budget, [&] {
    std::copy(x.begin(), x.end(), z.begin());
    table.gelu(z.data(), z.size());
  });
  const double copy = median_time(budget, [&] { std::copy(x.begin(), x.end(), z.begin()); });
  Buffer<uint8_t> q(x.size());
  Buffer<float> scale(kGroup);
  const double quantize =
      median_time(budget, [&] { table.quantize(x.data(), nullptr, kGroup, 1536, q.data(), 1536, scale.data()); });
  const double to_us = 6.0 * 1e6 / kGroup;
  std::printf(
      "%-12s a piece, us: products with quantising %.1f (%.0f GOP/s), of that quantising %.1f; gelu %.1f; "
      "layer norms %.1f; attention %.1f at 30, %.1f at 60, %.1f at 160\n",
      to_string(set), products * to_us, 2e-9 * multiplications / products, quantize * to_us * (3 * 384 + 1536) / 1536,
      (gelus - copy) * to_us, 2 * norm * to_us, attention(30) * 6e6, attention(60) * 6e6, attention(160) * 6e6);
}

}  // namespace

int main(int argc, char** argv) {
  const double budget = argc > 1 ? std::atof(argv[1]) : 1.0;
  cpu_set_t core;
  CPU_ZERO(&core);
  CPU_SET(0, &core);
  pthread_setaffinity_np(pthread_self(), sizeof core, &core);
  std::printf("best instruction set here: %s\n", instruction_set());
  ModelBuilder builder(kSizes);
  builder.add_random_encoder(1);
  const Model model = builder.build();
  for (const InstructionSet set : instruction_sets()) {
    for (const uint32_t length : {30U, 60U, 160U}) time_encoder(model, set, Precision::kInt8, length, budget);
    time_encoder(model, set, Precision::kFloat, 60, budget);
    time_parts(model, set, budget / 5);
  }
  return 0;
}
