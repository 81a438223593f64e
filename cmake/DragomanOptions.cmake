# SPDX-License-Identifier: Apache-2.0
# Language standard, warnings and sanitizers, shared by every target of ours.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET default)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

set(DRAGOMAN_SANITIZE "" CACHE STRING "Comma-separated sanitizers, e.g. address,undefined")
option(DRAGOMAN_FUZZ "Link the fuzz entrances with libFuzzer (clang only)" OFF)
option(DRAGOMAN_WERROR "Treat warnings as errors" ON)

find_program(DRAGOMAN_CCACHE ccache)
if(DRAGOMAN_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${DRAGOMAN_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${DRAGOMAN_CCACHE})
endif()

# Flags every target of ours carries.
add_library(dragoman_flags INTERFACE)
target_compile_options(dragoman_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                                                -Wno-sign-conversion -Wno-missing-field-initializers)
if(DRAGOMAN_WERROR)
  target_compile_options(dragoman_flags INTERFACE -Werror)
endif()
if(DRAGOMAN_SANITIZE)
  target_compile_options(dragoman_flags INTERFACE -fsanitize=${DRAGOMAN_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(dragoman_flags INTERFACE -fsanitize=${DRAGOMAN_SANITIZE})
endif()
if(DRAGOMAN_FUZZ)
  target_compile_options(dragoman_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
