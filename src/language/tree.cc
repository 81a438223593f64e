// SPDX-License-Identifier: Apache-2.0
// The greedy choice is nearly always a tree. Where it is none: Chu-Liu/Edmonds (contract a cycle, solve, expand), with
// a fine on arcs to the root that no sentence can make up for, so that there is one. training/tasks/parse.py runs the
// same.
#include "language/tree.h"

#include <algorithm>
#include <limits>

namespace dragoman::language {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();
constexpr double kRootFine = 1e6;

using Nodes = std::vector<uint32_t>;

// A square of scores: node (row) under head (column); node 0 is the root.
struct Scores {
  explicit Scores(uint32_t nodes) : n(nodes), values(static_cast<size_t>(nodes) * nodes, kNever) {}
  double& at(uint32_t node, uint32_t head) { return values[static_cast<size_t>(node) * n + head]; }
  double at(uint32_t node, uint32_t head) const { return values[static_cast<size_t>(node) * n + head]; }

  Nodes best_heads() const {
    Nodes heads(n);
    for (uint32_t node = 1; node < n; ++node) {
      for (uint32_t head = 1; head < n; ++head)
        if (at(node, head) > at(node, heads[node])) heads[node] = head;
    }
    return heads;
  }

  uint32_t n;
  std::vector<double> values;
};

// The nodes of a cycle; none: empty.
Nodes find_cycle(const Nodes& heads) {
  std::vector<uint32_t> seen_from(heads.size());  // the start whose walk came here
  for (uint32_t start = 1; start < heads.size(); ++start) {
    uint32_t node = start;
    while (node != 0 && seen_from[node] == 0) {
      seen_from[node] = start;
      node = heads[node];
    }
    if (node == 0 || seen_from[node] != start) continue;
    Nodes cycle = {node};
    for (uint32_t next = heads[node]; next != node; next = heads[next]) cycle.push_back(next);
    return cycle;
  }
  return {};
}

// What becomes of a cycle when it is one node: the last of a smaller square.
struct Contraction {
  Nodes outside;  // nodes of the larger square, in order; the root first
  Nodes enter;    // per node outside: the node of the cycle that it would best be the head of
  Nodes leave;    // and the one that would best be its head
  Scores inner;

  Contraction(const Scores& scores, const Nodes& heads, const Nodes& cycle) : inner(0) {
    std::vector<char> in_cycle(scores.n);
    for (const uint32_t node : cycle) in_cycle[node] = 1;
    for (uint32_t node = 0; node < scores.n; ++node)
      if (in_cycle[node] == 0) outside.push_back(node);
    const auto m = static_cast<uint32_t>(outside.size());
    inner = Scores(m + 1);
    for (uint32_t i = 0; i < m; ++i) {
      for (uint32_t k = 0; i > 0 && k < m; ++k) inner.at(i, k) = scores.at(outside[i], outside[k]);
      const auto gain = [&](uint32_t node) { return scores.at(node, outside[i]) - scores.at(node, heads[node]); };
      const auto under = [&](uint32_t node) { return scores.at(outside[i], node); };
      enter.push_back(best_of(cycle, gain));
      leave.push_back(best_of(cycle, under));
      inner.at(m, i) = gain(enter.back());
      if (i > 0) inner.at(i, m) = under(leave.back());
    }
  }

  template <class Value>
  static uint32_t best_of(const Nodes& nodes, const Value& value) {
    return *std::max_element(nodes.begin(), nodes.end(), [&](uint32_t a, uint32_t b) { return value(a) < value(b); });
  }
};

Nodes arborescence(Scores scores) {
  Nodes heads = scores.best_heads();
  const Nodes cycle = find_cycle(heads);
  if (cycle.empty()) return heads;
  Contraction small(scores, heads, cycle);
  scores = Scores(0);  // cycles nest: the squares must not pile up
  const Nodes solved = arborescence(std::move(small.inner));
  const auto m = static_cast<uint32_t>(small.outside.size());
  for (uint32_t i = 1; i < m; ++i) heads[small.outside[i]] = solved[i] == m ? small.leave[i] : small.outside[solved[i]];
  heads[small.enter[solved[m]]] = small.outside[solved[m]];
  return heads;
}

}  // namespace

std::vector<uint32_t> best_tree(const std::vector<double>& scores, uint32_t n) {
  Scores full(n + 1);
  for (uint32_t node = 1; node <= n; ++node) {
    for (uint32_t head = 0; head <= n; ++head)
      if (head != node) full.at(node, head) = scores[static_cast<size_t>(node - 1) * (n + 1) + head];
  }
  Nodes heads = full.best_heads();
  if (std::count(heads.begin() + 1, heads.end(), 0U) != 1 || !find_cycle(heads).empty()) {
    for (uint32_t node = 1; node <= n; ++node) full.at(node, 0) -= kRootFine;
    heads = arborescence(std::move(full));
  }
  heads.erase(heads.begin());
  return heads;
}

}  // namespace dragoman::language
