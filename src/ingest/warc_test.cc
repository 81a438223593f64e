// SPDX-License-Identifier: Apache-2.0
#include "ingest/warc.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>
#include <vector>

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
  EXPECT_EQ(read(archive.substr(0, archive.size() - 8)), "a.warc#http://a/1 utf-8 <p>One. <p>\n");
  EXPECT_EQ(read("WARC/1.0\r\nWARC-Type: response"), "!a.warc:1: is a record whose header does not end\n");
}

TEST(Warc, EncodingsOfTransferAndContent) {
  EXPECT_EQ(read(response("http://a/1", "4\r\n<p>O\r\n3\r\nne.\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n")),
            "a.warc#http://a/1 utf-8 <p>One.\n");
  EXPECT_EQ(read(response("http://a/1", gzip("<p>One."), "Content-Encoding: gzip\r\n")),
            "a.warc#http://a/1 utf-8 <p>One.\n");
  // Unpacked before it was stored, still said to be packed.
  EXPECT_EQ(read(response("http://a/1", "<p>One.", "Content-Encoding: gzip\r\n")), "a.warc#http://a/1 utf-8 <p>One.\n");
}

TEST(Gunzip, MembersInARowAreOneStream) {
  for (const size_t piece : {size_t{1}, size_t{1000}}) {
    Gunzip unpacking(in_pieces(gzip("One ") + gzip("two"), piece));
    std::string out;
    while (unpacking.more(out)) {
    }
    EXPECT_EQ(out, "One two");
    EXPECT_EQ(unpacking.fault(), "");
  }
}

TEST(Gunzip, DamageIsTold) {
  const std::string packed = gzip("One two three four");
  Gunzip cut(in_pieces(packed.substr(0, packed.size() - 9), 1000));
  std::string out;
  while (cut.more(out)) {
  }
  EXPECT_EQ(cut.fault(), "is cut off");
  EXPECT_EQ(unpacked("no such stream", 1000), std::nullopt);
  EXPECT_EQ(unpacked(gzip(std::string(5000, 'a')), 1000), std::nullopt);
}

}  // namespace
}  // namespace dragoman::ingest
