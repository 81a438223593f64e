# SPDX-License-Identifier: Apache-2.0
# dragoman_library(NAME SOURCES a.cc b.cc [USES dragoman::base ...] [PRIVATE_USES lib ...])
#   One static library for one folder of src/, alias dragoman::NAME.
function(dragoman_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;PRIVATE_USES" ${ARGN})
  add_library(dragoman_${name} STATIC ${ARG_SOURCES})
  add_library(dragoman::${name} ALIAS dragoman_${name})
  target_include_directories(dragoman_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src>)
  target_link_libraries(dragoman_${name} PUBLIC ${ARG_USES} PRIVATE ${ARG_PRIVATE_USES} $<BUILD_INTERFACE:dragoman_flags>)
  set_property(GLOBAL APPEND PROPERTY DRAGOMAN_LIBRARIES dragoman_${name})
endfunction()

# dragoman_test(FOLDER SOURCES a_test.cc ... USES dragoman::x ...)
#   One test program for a folder's *_test.cc files, run by ctest as FOLDER_test. The tests see the
#   source tree as DRAGOMAN_SOURCE_DIR (a macro holding the path) and run in it. The target unit_tests builds all of them.
add_custom_target(unit_tests)
function(dragoman_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
  add_executable(${name}_test ${ARG_SOURCES})
  target_link_libraries(${name}_test PRIVATE ${ARG_USES} GTest::gtest GTest::gmock GTest::gtest_main dragoman_flags)
  target_compile_definitions(${name}_test PRIVATE DRAGOMAN_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_compile_options(${name}_test PRIVATE -Wno-conversion)
  add_dependencies(unit_tests ${name}_test)
  add_test(NAME ${name}_test COMMAND ${name}_test WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
endfunction()
