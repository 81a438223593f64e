// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "dragoman/byte_origin.h"

namespace dragoman::base {

/// Adds a stretch behind all others; joined with the last one where both go on byte by byte.
void add_origin(ByteOrigins& origins, ByteOrigin origin);

/// `size` bytes that stand at `begin` as they are.
ByteOrigins same_bytes(uint32_t size, uint64_t begin = 0);

/// `outer` says which bytes of a middle text a text was made of, `inner` which bytes of the page the middle text was
/// made of: which bytes of the page the text was made of. What the inner one does not know is left out.
ByteOrigins through(const ByteOrigins& outer, const ByteOrigins& inner);

/// The stretches between those known, from `begin` of the text on up to `end`, stand for all that lies between their
/// neighbours on the page; for nothing, at the end of the one before, where these are not in order or one is missing.
void fill_gaps(ByteOrigins& origins, uint32_t begin, uint32_t end);

}  // namespace dragoman::base
