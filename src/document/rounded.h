// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

namespace dragoman {

/// To four digits: all that a probability can say, and the same bytes where machines differ in the last bit.
inline double rounded(double number) { return std::round(number * 1e4) / 1e4; }

}  // namespace dragoman
