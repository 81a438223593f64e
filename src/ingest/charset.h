// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "dragoman/byte_origin.h"
#include "dragoman/error.h"

namespace dragoman::ingest {

/// True if to_utf8() would give the bytes back as they are: text in UTF-8 without a mark before it, and no ISO-2022-JP.
bool is_clean_utf8(std::string_view bytes);

/// Bytes as UTF-8. In this order: byte order mark, UTF-16 without one, the escapes of ISO-2022-JP among ASCII,
/// bytes that are valid UTF-8 (whatever the labels say), `label` (from the container), <meta> of HTML, detection, also
/// for what is called UTF-8 and is not. Errors (place left empty): kBinary with what it looks like, kEncoding if more
/// than one character in a hundred cannot be decoded; fewer become U+FFFD. `origins`, where given, gets which bytes
/// each stretch of the text was made of.
Result<std::string> to_utf8(std::string_view bytes, std::string_view label, bool html, ByteOrigins* origins = nullptr);

/// The charset that <meta charset> or <meta http-equiv> in the first 4 KB names, as written; "" if none.
std::string meta_charset(std::string_view bytes);

/// True for the escapes by which ISO-2022-JP goes over to its signs, and no bytes beyond ASCII.
bool is_iso_2022_jp(std::string_view bytes);

/// U+FFFD for each U+0000, which is in no text and ends strings elsewhere. `origins`, where given, are those of `text`.
void replace_nul(std::string& text, ByteOrigins* origins = nullptr);

/// True if UTF-8 text has nothing to be seen: white space of any script, control and zero-width characters.
bool is_blank(std::string_view utf8);

/// Text with U+FFFD for each sequence that is no UTF-8.
std::string with_bad_sequences_replaced(std::string_view bytes);

/// Unicode normalization form C. ASCII passes as it is.
std::string to_nfc(std::string text);

/// Which bytes of `text` each stretch of to_nfc(text) is made of.
ByteOrigins nfc_origins(std::string_view text);

}  // namespace dragoman::ingest
