# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` lays down beside the program: the public headers, one archive holding every folder of
# src/, the CMake package by which find_package(dragoman) gives dragoman::dragoman, and what the engine
# knows (data/, models/) under share/dragoman.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/dragoman)
set(share_dir ${CMAKE_INSTALL_DATADIR}/dragoman)

# One archive made of the object files of all folders: users link one thing, whatever folders there are.
get_property(folders GLOBAL PROPERTY DRAGOMAN_LIBRARIES)
set(objects)
set(outside)
foreach(folder IN LISTS folders)
  list(APPEND objects $<TARGET_OBJECTS:${folder}>)
  get_target_property(links ${folder} LINK_LIBRARIES)
  list(APPEND outside ${links})
endforeach()
list(TRANSFORM outside REPLACE "^\\$<(BUILD_INTERFACE|LINK_ONLY|COMPILE_ONLY):(.*)>$" "\\2")
list(TRANSFORM outside REPLACE "^dragoman_lexbor$" "${LEXBOR_TARGET}")
list(FILTER outside EXCLUDE REGEX "^(dragoman|\\$|.*-NOTFOUND)")
list(REMOVE_DUPLICATES outside)

# What each third-party target asks of find_package in the user's project. A target that is new here must be
# added: the package would not link without it.
set(dragoman_find_dependencies)
set(dragoman_links)
function(dragoman_needs line)
  set(lines ${dragoman_find_dependencies})
  list(APPEND lines ${line})
  list(REMOVE_DUPLICATES lines)
  set(dragoman_find_dependencies ${lines} PARENT_SCOPE)
endfunction()
foreach(target IN LISTS outside)
  if(target MATCHES "^OpenSSL::")
    dragoman_needs("find_dependency(OpenSSL)")
  elseif(target MATCHES "^SQLite::")
    dragoman_needs("find_dependency(SQLite3)")
  elseif(target MATCHES "^ZLIB::")
    dragoman_needs("find_dependency(ZLIB)")
  elseif(target MATCHES "^ICU::")
    dragoman_needs("find_dependency(ICU COMPONENTS uc i18n)")
  elseif(target MATCHES "^Threads::")
    dragoman_needs("find_dependency(Threads)")
  elseif(target MATCHES "^(simdjson|nlohmann_json|fmt|date|dnnl|DNNL|CLI11)::")
    string(REPLACE "DNNL" "dnnl" package ${CMAKE_MATCH_1})
    dragoman_needs("find_dependency(${package})")
  elseif(target MATCHES "^PkgConfig::(.+)$")
    dragoman_needs("find_dependency(PkgConfig)")
    dragoman_needs("pkg_check_modules(${CMAKE_MATCH_1} REQUIRED QUIET IMPORTED_TARGET ${${CMAKE_MATCH_1}_MODULE_NAME})")
  elseif(target STREQUAL "lexbor::lexbor_static")
    # Built from source for us alone (tools/get_lexbor): its archive travels with ours.
    install(FILES $<TARGET_FILE:${target}> DESTINATION ${CMAKE_INSTALL_LIBDIR}/dragoman RENAME liblexbor_static.a)
    set(target "$<INSTALL_PREFIX>/${CMAKE_INSTALL_LIBDIR}/dragoman/liblexbor_static.a" m)
  elseif(target STREQUAL "lexbor::lexbor")
    dragoman_needs("find_dependency(lexbor)")
  elseif(IS_ABSOLUTE "${target}")
    # Found by find_library: named, not by its path on the machine that built the package.
    string(REGEX REPLACE "^.*/lib([^/.]+)[^/]*$" "\\1" target "${target}")
  elseif(TARGET ${target})
    message(FATAL_ERROR "cmake/DragomanInstall.cmake does not know which package gives ${target}")
  endif()
  list(APPEND dragoman_links ${target})
endforeach()
list(JOIN dragoman_find_dependencies "\n" dragoman_find_dependencies)

add_library(dragoman_package STATIC ${objects})
set_target_properties(dragoman_package PROPERTIES OUTPUT_NAME dragoman EXPORT_NAME dragoman LINKER_LANGUAGE CXX)
target_include_directories(dragoman_package INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_compile_features(dragoman_package INTERFACE cxx_std_20)
foreach(target IN LISTS dragoman_links)
  target_link_libraries(dragoman_package INTERFACE $<INSTALL_INTERFACE:${target}>)
endforeach()

install(TARGETS dragoman_package EXPORT dragoman ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT dragoman NAMESPACE dragoman:: FILE dragoman-targets.cmake DESTINATION ${package_dir})
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/dragoman-config.cmake.in
  ${PROJECT_BINARY_DIR}/dragoman-config.cmake INSTALL_DESTINATION ${package_dir} PATH_VARS share_dir)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/dragoman-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/dragoman-config.cmake ${PROJECT_BINARY_DIR}/dragoman-config-version.cmake
  DESTINATION ${package_dir})

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/dragoman DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/data ${PROJECT_SOURCE_DIR}/models DESTINATION ${share_dir} OPTIONAL)
# The page, where it was built (./dev build).
install(DIRECTORY ${PROJECT_SOURCE_DIR}/build/web DESTINATION ${share_dir} OPTIONAL)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR})
