// SPDX-License-Identifier: Apache-2.0
#include "ingest/warc.h"

#include <brotli/encode.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <string>
#include <vector>

#include "ingest/gunzip.h"
#include "ingest/unzstd.h"

namespace dragoman::ingest {
namespace {

MoreBytes in_pieces(std::string bytes, size_t piece) {
  return [bytes = std::move(bytes), piece, at = size_t{0}](std::string& out) mutable {
    if (at >= bytes.size()) return false;
    out += bytes.substr(at, piece);
    at += piece;
    return true;
  };
}

std::string record(const std::string& type, const std::string& url, const std::string& body, long more_length = 0) {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: " + url +
         "\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: " +
         std::to_string(static_cast<long>(body.size()) + more_length) + "\r\n\r\n" + body + "\r\n\r\n";
}

std::string response(const std::string& url, const std::string& html, const std::string& fields = "", int status = 200,
                     long more_length = 0) {
  return record("response", url,
                "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: text/html; charset=UTF-8\r\n" + fields +
                    "\r\n" + html,
                more_length);
}

std::string gzip(const std::string& bytes) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(bytes.size() + 100, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstd(const std::string& bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

std::string zstd(const std::string& bytes, const std::string& dictionary) {
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress_usingDict(context, out.data(), out.size(), bytes.data(), bytes.size(), dictionary.data(),
                                     dictionary.size(), 3));
  ZSTD_freeCCtx(context);
  return out;
}

std::string brotli(const std::string& bytes) {
  size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string out(size, '\0');
  BrotliEncoderCompress(5, 22, BROTLI_MODE_TEXT, bytes.size(), reinterpret_cast<const uint8_t*>(bytes.data()), &size,
                        reinterpret_cast<uint8_t*>(out.data()));
  out.resize(size);
  return out;
}

// As `read`, of an archive that may be packed.
std::string read_packed(const std::string& archive, size_t piece = 100'000) {
  WarcArchive pages(std::make_unique<Stream>("a.warc", in_pieces(archive, piece)));
  std::string out;
  while (const auto page = pages.next()) {
    out += *page ? (*page)->source + " " + (*page)->bytes + "\n" : "!" + page->error().describe() + "\n";
  }
  return out;
}

// "URL BYTES", one line a page; errors begin with "!".
std::string read(const std::string& archive, size_t piece = 7) {
  WarcReader reader("a.warc", in_pieces(archive, piece));
  std::string out;
  while (const auto page = reader.next()) {
    out += *page ? (*page)->source + " " + (*page)->charset + " " + (*page)->bytes + "\n"
                 : "!" + page->error().place + ": " + page->error().message + "\n";
  }
  return out;
}

TEST(Warc, ResponsesAreReadAndOtherRecordsPassedOver) {
  const std::string archive = record("warcinfo", "", "software: none") +
                              record("request", "http://a/1", "GET / HTTP/1.1") + response("http://a/1", "<p>One.") +
                              record("revisit", "http://a/1", "HTTP/1.1 200 OK\r\n\r\n") +
                              response("http://a/gone", "<p>No.", "", 404) + response("http://a/2", "<p>Two.");
  for (const size_t piece : {size_t{1}, size_t{7}, size_t{100'000}}) {
    EXPECT_EQ(read(archive, piece), "a.warc#http://a/1 utf-8 <p>One.\na.warc#http://a/2 utf-8 <p>Two.\n") << piece;
  }
}

TEST(Warc, WetTextsAreRead) {
  const std::string archive =
      "WARC/1.0\nWARC-Type: conversion\nWARC-Target-URI: http://a/1\nContent-Type: text/plain\n"
      "Content-Length: 11\n\nOne line.\nx\n\n";
  EXPECT_EQ(read(archive), "a.warc#http://a/1  One line.\nx\n");
}

TEST(Warc, WrongLengthsAreMended) {
  EXPECT_EQ(read(response("http://a/1", "<p>One.", "", 200, -3) + response("http://a/2", "<p>Two.")),
            "a.warc#http://a/1 utf-8 <p>One.\na.warc#http://a/2 utf-8 <p>Two.\n");
  EXPECT_EQ(read(response("http://a/1", "<p>One.", "", 200, 20) + response("http://a/2", "<p>Two.")),
            "a.warc#http://a/1 utf-8 <p>One.\na.warc#http://a/2 utf-8 <p>Two.\n");
}

TEST(Warc, WhatWasCutOffGivesWhatThereIs) {
  const std::string archive = response("http://a/1", "<p>One. <p>Two.");
  EXPECT_EQ(read(archive.substr(0, archive.size() - 8)),
            "a.warc#http://a/1 utf-8 <p>One. <p>\n"
            "!a.warc:1: record 1 at byte 0 is cut off: 69 of its 73 bytes are there\n");
  EXPECT_EQ(read("WARC/1.0\r\nWARC-Type: response"), "!a.warc:1: record 1 at byte 0 has a header that does not end\n");
}

TEST(Warc, LengthsBeyondTheFileDoNotSwallowTheOthers) {
  EXPECT_EQ(read(response("http://a/1", "<p>One.", "", 200, 100'000) + response("http://a/2", "<p>Two.")),
            "a.warc#http://a/1 utf-8 <p>One.\na.warc#http://a/2 utf-8 <p>Two.\n");
  EXPECT_EQ(read(response("http://a/1", "<p>One.", "", 200, 3'000'000'000L) + response("http://a/2", "<p>Two.")),
            "!a.warc:1: record 1 at byte 0 is longer than a page may be\na.warc#http://a/2 utf-8 <p>Two.\n");
}

TEST(Warc, BodiesThatCannotBeReadAreNamed) {
  EXPECT_EQ(
      read(record("response", "http://a/1", "<p>One.") +
           response("http://a/2", "\x01\x02\x03", "Content-Encoding: br\r\n") + response("http://a/3", "<p>Three.")),
      "!a.warc:1: record 1 at byte 0 is a response without the header that servers send\n"
      "!a.warc:2: record 2 at byte 142 cannot be unpacked (br)\n"
      "a.warc#http://a/3 utf-8 <p>Three.\n");
}

TEST(Warc, EncodingsOfTransferAndContent) {
  EXPECT_EQ(read(response("http://a/1", "4\r\n<p>O\r\n3\r\nne.\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n")),
            "a.warc#http://a/1 utf-8 <p>One.\n");
  EXPECT_EQ(read(response("http://a/1", gzip("<p>One."), "Content-Encoding: gzip\r\n")),
            "a.warc#http://a/1 utf-8 <p>One.\n");
  EXPECT_EQ(read(response("http://a/1", zstd("<p>One."), "Content-Encoding: zstd\r\n")),
            "a.warc#http://a/1 utf-8 <p>One.\n");
  EXPECT_EQ(read(response("http://a/1", brotli("<p>One."), "Content-Encoding: br\r\n")),
            "a.warc#http://a/1 utf-8 <p>One.\n");
  EXPECT_EQ(read(response("http://a/1", gzip("<p>One."), "Content-Encoding: br\r\n")),
            "a.warc#http://a/1 utf-8 <p>One.\n");
  // Unpacked before it was stored, still said to be packed.
  EXPECT_EQ(read(response("http://a/1", "<p>One.", "Content-Encoding: gzip\r\n")), "a.warc#http://a/1 utf-8 <p>One.\n");
}

// Words that no two of are alike, so that they are packed in many blocks.
std::string long_page() {
  std::string page = "<p>";
  for (unsigned i = 1, n = 7; i < 60'000; ++i) {
    n = n * 1'103'515'245 + 12'345;
    page += std::to_string(n) + " ";
  }
  return page;
}

TEST(Warc, BodiesThatAreDamagedGiveWhatThereIsAndTheErrorBehindIt) {
  const std::string page = long_page();
  const auto zlib = [](const std::string& bytes) {
    std::string out(compressBound(bytes.size()), '\0');
    uLongf size = out.size();
    compress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    out.resize(size);
    return out;
  };
  const std::vector<std::pair<std::string, std::string>> packed = {{"gzip", gzip(page)},
                                                                   {"deflate", zlib(page)},
                                                                   {"deflate", zlib(page).substr(2)},
                                                                   {"br", brotli(page)},
                                                                   {"zstd", zstd(page)}};
  for (const auto& [name, body] : packed) {
    const std::string field = "Content-Encoding: " + name + "\r\n";
    const auto expect_part = [&](const std::string& bytes, const std::string& fault) {
      const std::string got = read(response("http://a/1", bytes, field) + response("http://a/2", "<p>Two."), 100'000);
      EXPECT_TRUE(got.starts_with("a.warc#http://a/1 utf-8 " + page.substr(0, 1000))) << name;
      const size_t error = got.find("\n!a.warc:1: record 1 at byte 0 has a packed body (" + name + ") that " + fault);
      EXPECT_NE(error, std::string::npos) << name << fault;
      EXPECT_TRUE(got.ends_with("\na.warc#http://a/2 utf-8 <p>Two.\n")) << name;
    };
    expect_part(body.substr(0, body.size() - body.size() / 8), "is cut off at byte ");
    std::string damaged = body;
    for (size_t i = body.size() - body.size() / 8; i < body.size(); ++i) damaged[i] = '\xFF';
    expect_part(damaged, "is ");  // damaged; or cut off, where the bytes happen to mean something
    EXPECT_EQ(read(response("http://a/1", body, field), 100'000), "a.warc#http://a/1 utf-8 " + page + "\n") << name;
  }
}

TEST(Warc, BodiesThatAreTooShortAreTold) {
  EXPECT_EQ(read(response("http://a/1", "<p>One.", "Content-Length: 20\r\n") + response("http://a/2", "<p>Two.")),
            "a.warc#http://a/1 utf-8 <p>One.\n"
            "!a.warc:1: record 1 at byte 0 has a body that is cut off: 7 of its 20 bytes are there\n"
            "a.warc#http://a/2 utf-8 <p>Two.\n");
  const std::string chunked = "Transfer-Encoding: chunked\r\n";
  EXPECT_EQ(read(response("http://a/1", "4\r\n<p>O\r\n9\r\nne.", chunked)),
            "a.warc#http://a/1 utf-8 <p>One.\n"
            "!a.warc:1: record 1 at byte 0 has a body in chunks that is cut off at byte 15\n");
  EXPECT_EQ(read(response("http://a/1", "4\r\n<p>O\r\nne.", chunked)),
            "a.warc#http://a/1 utf-8 <p>One.\n"
            "!a.warc:1: record 1 at byte 0 has a body in chunks that is damaged at byte 9\n");
  // The length of the packed body of one that was unpacked before it was stored, and that of a body in chunks.
  EXPECT_EQ(
      read(response("http://a/1", "<p>One.", "Content-Length: 27\r\nContent-Encoding: gzip\r\n") +
           response("http://a/2", "7\r\n<p>Two.\r\n0\r\n\r\n", chunked + "Content-Length: 99\r\n") +
           response("http://a/3", gzip("<p>Three."),
                    "Content-Encoding: gzip\r\nContent-Length: " + std::to_string(gzip("<p>Three.").size()) + "\r\n") +
           response("http://a/4", "<p>Four.\n\n", "Content-Length: 10\r\n", 200, -5) +
           response("http://a/5", "7\r\n<p>Five\r\n0\r\n\r\n", chunked, 200, -5) +
           response("http://a/6", "<p>Six.", "Content-Length: 5\r\n")),
      "a.warc#http://a/1 utf-8 <p>One.\na.warc#http://a/2 utf-8 <p>Two.\na.warc#http://a/3 utf-8 <p>Three.\n"
      "a.warc#http://a/4 utf-8 <p>Four.\n\n\na.warc#http://a/5 utf-8 <p>Five\na.warc#http://a/6 utf-8 <p>Six.\n");
}

TEST(Warc, ChunksMayHaveExtensions) {
  EXPECT_EQ(
      read(response("http://a/1",
                    "4;name=\"a long value that says nothing\"\r\n<p>O\r\n3 ; x\r\nne.\r\n0;last\r\nField: 1\r\n\r\n",
                    "Transfer-Encoding: chunked\r\n")),
      "a.warc#http://a/1 utf-8 <p>One.\n");
}

TEST(Warc, WhatStandsBeforeTheFirstRecordIsTold) {
  const std::string rubbish = "ish of\nall kinds\n";
  for (const size_t piece : {size_t{1}, size_t{100'000}}) {
    EXPECT_EQ(read(rubbish + response("http://a/1", "<p>One."), piece),
              "!a.warc: begins with 17 bytes that are no record\na.warc#http://a/1 utf-8 <p>One.\n");
    EXPECT_EQ(read("\r\n" + response("http://a/1", "<p>One."), piece), "a.warc#http://a/1 utf-8 <p>One.\n");
  }
}

TEST(Gunzip, MembersInARowAreOneStream) {
  for (const size_t piece : {size_t{1}, size_t{1000}}) {
    Gunzip unpacking(in_pieces(gzip("One ") + gzip("two"), piece));
    std::string out;
    while (unpacking.more(out)) {
    }
    EXPECT_EQ(out, "One two");
    EXPECT_EQ(unpacking.faults().size(), 0U);
  }
}

TEST(Gunzip, WhatStandsBehindTheLastMemberIsTold) {
  const auto read_all = [](const std::string& bytes) {
    Gunzip unpacking(in_pieces(bytes, 3));
    std::string out;
    while (unpacking.more(out)) {
    }
    return out + (unpacking.faults().empty() ? "" : " ! " + unpacking.faults().at(0));
  };
  const std::string packed = gzip("One");
  EXPECT_EQ(read_all(packed + std::string(700, '\0')), "One") << "zeros fill a block up";
  EXPECT_EQ(read_all(packed + std::string(3, '\0') + gzip(" two")), "One two");
  EXPECT_EQ(read_all(packed + "junk"), "One ! holds what is no gzip data from byte " + std::to_string(packed.size()));
}

TEST(Gunzip, DamageIsTold) {
  const std::string packed = gzip("One two three four");
  Gunzip cut(in_pieces(packed.substr(0, packed.size() - 9), 1000));
  std::string out;
  while (cut.more(out)) {
  }
  EXPECT_EQ(cut.faults().at(0), "is cut off at byte 29");
  EXPECT_FALSE(unpacked("no such stream", 1000));
  EXPECT_FALSE(unpacked(gzip(std::string(5000, 'a')), 1000));
  EXPECT_EQ(unpacked(packed.substr(0, packed.size() - 9), 1000)->fault, "is cut off at byte 29");
  EXPECT_EQ(unpacked(packed, 1000)->fault, "");
}

TEST(WarcArchive, DamagedMembersCostThemselvesAlone) {
  const std::string one = response("http://a/1", "<p>One."), two = response("http://a/2", "<p>Two."),
                    three = response("http://a/3", "<p>Three.");
  std::string bad = gzip(two);
  bad[20] = '\xFF';
  bad[21] = '\xFF';
  const std::string got = read_packed(gzip(one) + bad + gzip(three));
  EXPECT_TRUE(got.starts_with("a.warc#http://a/1 <p>One.\n")) << got;
  EXPECT_NE(got.find("!a.warc: is a gzip file that is damaged at byte "), std::string::npos) << got;
  EXPECT_NE(got.find("a.warc#http://a/3 <p>Three.\n"), std::string::npos) << got;
  const std::string between = read_packed(gzip(one) + "no gzip" + gzip(three));
  EXPECT_NE(between.find("!a.warc: is a gzip file that holds what is no gzip data from byte "), std::string::npos)
      << between;
  EXPECT_NE(between.find("a.warc#http://a/3 <p>Three.\n"), std::string::npos) << between;
  bad = zstd(two);
  for (size_t i = 6; i < bad.size(); ++i) bad[i] = '\xFF';
  const std::string got_zstd = read_packed(zstd(one) + bad + zstd(three));
  EXPECT_TRUE(got_zstd.starts_with("a.warc#http://a/1 <p>One.\n")) << got_zstd;
  EXPECT_NE(got_zstd.find("!a.warc: is a Zstandard file that is damaged at byte "), std::string::npos) << got_zstd;
  EXPECT_NE(got_zstd.find("a.warc#http://a/3 <p>Three.\n"), std::string::npos) << got_zstd;
}

TEST(WarcArchive, ZstandardWithAndWithoutDictionary) {
  const std::string one = response("http://a/1", "<p>One."), two = response("http://a/2", "<p>Two.");
  const std::string both = "a.warc#http://a/1 <p>One.\na.warc#http://a/2 <p>Two.\n";
  for (const size_t piece : {size_t{1}, size_t{100'000}}) EXPECT_EQ(read_packed(zstd(one) + zstd(two), piece), both);
  const std::string dictionary = response("http://a/", "<p>Words that all pages have.");
  for (const std::string& stored : {dictionary, zstd(dictionary)}) {
    std::string frame = "\x5D\x2A\x4D\x18";
    for (int i = 0; i < 4; ++i) frame.push_back(static_cast<char>(stored.size() >> (8 * i)));
    EXPECT_EQ(read_packed(frame + stored + zstd(one, dictionary) + zstd(two, dictionary)), both);
  }
  const std::string cut = zstd(one);
  EXPECT_EQ(read_packed(zstd(two) + cut.substr(0, cut.size() - 3)).find("a.warc#http://a/2 <p>Two.\n"), 0U);
  EXPECT_NE(read_packed(zstd(two) + cut.substr(0, cut.size() - 3)).find("that is cut off at byte "), std::string::npos);
}

}  // namespace
}  // namespace dragoman::ingest
