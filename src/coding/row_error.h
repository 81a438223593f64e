// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "dragoman/error.h"

namespace dragoman::coding {

/// A fault of a row of a data file: kKnowledge at "path:line".
inline Error wrong(const std::string& path, size_t line, std::string message) {
  return {ErrorCode::kKnowledge, std::move(message), path + ":" + std::to_string(line)};
}

/// 'name' in quotation marks, then the rest of the sentence.
inline std::string quoted(std::string_view name, std::string_view rest) {
  std::string text(1, '\'');
  text.append(name).append(1, '\'').append(rest);
  return text;
}

}  // namespace dragoman::coding
