# SPDX-License-Identifier: Apache-2.0
# Third-party packages, each found once. What installs them: tools/packages.txt (apt) and
# tools/get_lexbor (the one library that Debian 12 lacks).
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(GTest REQUIRED)
find_package(CLI11 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)
find_package(simdjson REQUIRED)
find_package(nlohmann_json REQUIRED)
pkg_check_modules(microhttpd REQUIRED IMPORTED_TARGET libmicrohttpd)
pkg_check_modules(uchardet REQUIRED IMPORTED_TARGET uchardet)
pkg_check_modules(libbrotlidec REQUIRED IMPORTED_TARGET libbrotlidec)
pkg_check_modules(libbrotlienc REQUIRED IMPORTED_TARGET libbrotlienc)  # tests
pkg_check_modules(libzstd REQUIRED IMPORTED_TARGET libzstd)
find_package(Lexbor REQUIRED)
