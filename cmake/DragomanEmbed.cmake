# SPDX-License-Identifier: Apache-2.0
# dragoman_embed(OUT file.tsv NAME)
#   Makes a source in the build folder that holds the lines of a table of data/ as dragoman::embedded::NAME, and puts its
#   path into OUT: for folders that are opened without a folder of the knowledge. file.tsv is a path below the source tree.
function(dragoman_embed out file name)
  set(source ${PROJECT_SOURCE_DIR}/${file})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  file(READ ${source} text)
  string(REPLACE "\\" "\\\\" text "${text}")
  string(REPLACE "\"" "\\\"" text "${text}")
  string(REGEX REPLACE "\n$" "" text "${text}")
  string(REPLACE "\n" "\",\n    \"" text "${text}")
  set(target ${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cc)
  file(CONFIGURE OUTPUT ${target} CONTENT "// Made of @file@ by cmake/DragomanEmbed.cmake.
#include \"base/embedded.h\"
namespace dragoman::embedded {
namespace {
constexpr std::string_view kLines[] = {
    \"@text@\"};
}
extern const Table @name@;  // seen from outside
const Table @name@ = {\"@file@\", kLines, sizeof kLines / sizeof *kLines};
}  // namespace dragoman::embedded
" @ONLY)
  set(${out} ${target} PARENT_SCOPE)
endfunction()
