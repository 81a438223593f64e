# SPDX-License-Identifier: Apache-2.0
# The HTML parser lexbor as dragoman_lexbor: the system's where it has one, else what tools/get_lexbor
# built (folder DRAGOMAN_LEXBOR, default build/third_party/lexbor).
set(DRAGOMAN_LEXBOR "$ENV{DRAGOMAN_LEXBOR}" CACHE PATH "Folder that tools/get_lexbor filled")
if(NOT DRAGOMAN_LEXBOR)
  set(DRAGOMAN_LEXBOR "${PROJECT_SOURCE_DIR}/build/third_party/lexbor")
endif()

find_package(lexbor CONFIG QUIET)
if(NOT lexbor_FOUND)
  find_package(lexbor CONFIG QUIET PATHS "${DRAGOMAN_LEXBOR}" NO_DEFAULT_PATH)
endif()
if(TARGET lexbor::lexbor_static)
  set(LEXBOR_TARGET lexbor::lexbor_static)
elseif(TARGET lexbor::lexbor)
  set(LEXBOR_TARGET lexbor::lexbor)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Lexbor
  REQUIRED_VARS LEXBOR_TARGET
  REASON_FAILURE_MESSAGE "run tools/get_lexbor first (it builds into ${DRAGOMAN_LEXBOR})")

if(Lexbor_FOUND AND NOT TARGET dragoman_lexbor)
  add_library(dragoman_lexbor INTERFACE IMPORTED GLOBAL)
  target_link_libraries(dragoman_lexbor INTERFACE ${LEXBOR_TARGET})
endif()
