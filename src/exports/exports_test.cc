// SPDX-License-Identifier: Apache-2.0
#include "dragoman/exports.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/hash.h"
#include "base/text.h"
#include "base/utf8.h"
#include "document/testing.h"

namespace dragoman {
namespace {

using nlohmann::json;

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  for (const auto line : base::split(text, '\n')) all.emplace_back(line);
  if (!all.empty() && all.back().empty()) all.pop_back();
  return all;
}

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> all;
  for (const auto cell : base::split(line, '\t')) all.emplace_back(cell);
  return all;
}

class Exports : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/dragoman_exports_XXXXXX";
    folder_ = mkdtemp(name);
    store_ = std::make_unique<Store>(Store::open(folder_ + "/news.db", Store::Mode::kWrite));
    store_->put(testing::sample_record());
    store_->put(testing::small_record());
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::string out(const std::string& name) const { return folder_ + "/out/" + name; }

  std::vector<ExportedFile> exported(const std::string& profile, std::vector<Status> statuses = {}) {
    auto files =
        export_store(*store_, {profile, folder_ + "/out", std::move(statuses), 0}, DRAGOMAN_SOURCE_DIR "/data");
    EXPECT_TRUE(files) << (files ? "" : files.error().describe());
    return files ? *files : std::vector<ExportedFile>{};
  }

  static json formats() {
    return json::parse(read(std::string(DRAGOMAN_SOURCE_DIR "/data") + "/ontology/formats.json"));
  }

  // Every status, so that the samples' planned and denied acts are there too.
  static std::vector<Status> all() {
    return {Status::kActual, Status::kFuture, Status::kHypothetical, Status::kNegated, Status::kAlleged};
  }

  std::string folder_;
  std::unique_ptr<Store> store_;
};

TEST_F(Exports, EveryProfileWritesWholeFilesWithTheirHash) {
  for (const ExportProfile& profile : export_profiles()) {
    const auto files = exported(profile.name);
    ASSERT_FALSE(files.empty()) << profile.name;
    EXPECT_EQ(files.back().name, "datapackage.json");
    const json package = json::parse(read(out("datapackage.json")));
    EXPECT_EQ(package["resources"].size() + 1, files.size());
    for (const auto& resource : package["resources"]) {
      const std::string bytes = read(out(resource["path"]));
      EXPECT_EQ(resource["hash"], "sha256:" + base::sha256_hex(bytes)) << resource["path"];
      EXPECT_EQ(resource["bytes"], bytes.size());
    }
    for (const auto& entry : std::filesystem::directory_iterator(folder_ + "/out")) {
      EXPECT_NE(entry.path().extension(), ".part");
    }
  }
}

TEST_F(Exports, PolecatHasItsColumnsToTheLetter) {
  exported("polecat", all());
  const auto rows = lines(read(out("events.txt")));
  const json columns = formats()["polecat_tab"]["columns"];
  EXPECT_EQ(json(cells(rows.at(0))), columns);
  ASSERT_GT(rows.size(), 1U);
  for (const std::string& row : rows) {
    EXPECT_EQ(cells(row).size(), 40U);
    for (const std::string& cell : cells(row)) EXPECT_NE(cell, "");
  }
}

TEST_F(Exports, IcewsHasItsColumnsToTheLetter) {
  exported("icews", all());
  const auto rows = lines(read(out("events.tab")));
  EXPECT_EQ(json(cells(rows.at(0))), formats()["icews_tab"]["columns"]);
  ASSERT_GT(rows.size(), 1U);
  for (const std::string& row : rows) EXPECT_EQ(cells(row).size(), 20U);
  for (size_t i = 1; i < rows.size(); ++i) EXPECT_NE(cells(rows[i])[6], "") << "no CAMEO code";
}

TEST_F(Exports, GdeltKeepsGazaApart) {
  Record record = testing::small_record();
  ASSERT_FALSE(record.events.empty());
  record.events.resize(1);
  const auto code_at = [&](const std::string& name, std::optional<double> lat, std::optional<double> lon) {
    Location place;
    place.name = name, place.country = "PSE", place.lat = lat, place.lon = lon, place.precision = "city";
    place.span = record.events[0].trigger;
    record.events[0].locations = {place};
    store_->put(record);
    exported("gdelt2", all());
    for (const std::string& row : lines(read(out("export.CSV")))) {
      if (cells(row).at(52).starts_with(name)) return cells(row).at(53);
    }
    return std::string("not exported");
  };
  EXPECT_EQ(code_at("Rafah", 31.29, 34.25), "GZ");
  EXPECT_EQ(code_at("Gaza Strip", std::nullopt, std::nullopt), "GZ");
  EXPECT_EQ(code_at("Hebron", 31.53, 35.09), "WE");
}

TEST_F(Exports, GdeltHasItsColumns) {
  exported("gdelt2", all());
  json names = json::array();
  const json package = json::parse(read(out("datapackage.json")));
  for (const auto& resource : package["resources"]) {
    if (resource["path"] != "export.CSV") continue;
    for (const auto& field : resource["schema"]["fields"]) names.push_back(field["name"]);
  }
  json wanted = json::array();
  const json columns = formats()["gdelt2_events"]["columns"];
  for (const auto& column : columns) wanted.push_back(column["name"]);
  EXPECT_EQ(names, wanted);
  const auto rows = lines(read(out("export.CSV")));
  ASSERT_FALSE(rows.empty());
  for (const std::string& row : rows) EXPECT_EQ(cells(row).size(), 61U);
  const auto mentions = lines(read(out("mentions.CSV")));
  EXPECT_EQ(mentions.size(), rows.size());
  for (const std::string& row : mentions) EXPECT_EQ(cells(row).size(), 16U);
  exported("gdelt1", all());
  for (const std::string& row : lines(read(out("export.CSV")))) EXPECT_EQ(cells(row).size(), 58U);
}

TEST_F(Exports, EveryRowHasItsEvidence) {
  const auto numbers_of = [&](const char* file, size_t column, bool header, char delimiter) {
    std::vector<std::string> numbers;
    for (const std::string& row : lines(read(out(file)))) {
      std::istringstream cells_of(row);
      std::string cell;
      for (size_t i = 0; i <= column; ++i) std::getline(cells_of, cell, delimiter);
      numbers.push_back(cell);
    }
    if (header) numbers.erase(numbers.begin());
    std::sort(numbers.begin(), numbers.end());
    return numbers;
  };
  for (const char* profile : {"gdelt1", "gdelt2"}) {
    exported(profile, all());
    const auto rows = numbers_of("export.CSV", 0, false, '\t');
    EXPECT_GT(rows.size(), 1U);
    EXPECT_EQ(std::adjacent_find(rows.begin(), rows.end()), rows.end()) << profile;
    EXPECT_EQ(numbers_of("evidence.csv", 1, true, ','), rows) << profile;
  }
  exported("icews", all());
  auto rows = numbers_of("events.tab", 0, true, '\t');
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());  // of several pairs
  EXPECT_EQ(numbers_of("evidence.csv", 1, true, ','), rows);
  exported("polecat", all());
  EXPECT_EQ(numbers_of("evidence.csv", 0, true, ','), numbers_of("events.txt", 0, true, '\t'));
}

TEST_F(Exports, ActsThatDidNotHappenAreLeftOutWhereAFormatCannotSaySo) {
  size_t actual = 0;
  size_t every = 0;
  for (const Record& record : {testing::sample_record(), testing::small_record()}) {
    for (const Event& event : record.events) {
      actual += event.status == Status::kActual;
      ++every;
    }
  }
  ASSERT_LT(actual, every);
  exported("polecat");
  EXPECT_EQ(lines(read(out("events.txt"))).size(), actual + 1);
  exported("plover");
  EXPECT_EQ(lines(read(out("events.jsonl"))).size(), every);
  exported("plover", {Status::kActual});
  EXPECT_EQ(lines(read(out("events.jsonl"))).size(), actual);
}

TEST_F(Exports, OffsetsPointAtTheWords) {
  exported("annotations");
  const Record sample = testing::sample_record();
  size_t seen = 0;
  for (const std::string& line : lines(read(out("annotations.jsonl")))) {
    const json annotation = json::parse(line);
    EXPECT_EQ(annotation["type"], "Annotation");
    if (annotation["id"].get<std::string>().find(sample.article.id) == std::string::npos) continue;
    const auto& selectors = annotation["target"]["selector"];
    const base::CodePoints points(sample.article.text);
    const uint32_t begin = points.to_byte(selectors[1]["start"]);
    const uint32_t end = points.to_byte(selectors[1]["end"]);
    EXPECT_EQ(sample.article.text.substr(begin, end - begin), selectors[0]["exact"]);
    ++seen;
  }
  EXPECT_GT(seen, 0U);
}

TEST_F(Exports, TasksAndTablesAreWellFormed) {
  exported("label-studio");
  const json tasks = json::parse(read(out("tasks.json")));
  EXPECT_EQ(tasks.size(), 2U);
  exported("brat");
  const Record sample = testing::sample_record();
  EXPECT_EQ(read(out(sample.article.id + ".txt")), sample.article.text);
  EXPECT_NE(read(out(sample.article.id + ".ann")).find("Actor:T"), std::string::npos);
  exported("cameo-xml", all());
  const std::string xml = read(out("events.xml"));
  EXPECT_NE(xml.find("<Participant role=\"Source\""), std::string::npos);
  EXPECT_EQ(xml.rfind("</CAMEO_XML>\n"), xml.size() - 13);
}

TEST_F(Exports, CharactersThatXmlHasNoFormForAreReplaced) {
  Record record = testing::small_record();
  std::string& text = record.article.text;
  text.replace(text.find("for"), 3, "\xEF\xBF\xBF");  // U+FFFF
  record.article.source = "reports/odd.txt";
  record.article.id = article_id(record.article.source, text);
  store_->put(record);
  exported("cameo-xml", all());
  const std::string xml = read(out("events.xml"));
  EXPECT_EQ(xml.find("\xEF\xBF\xBF"), std::string::npos);
  EXPECT_NE(xml.find("met \xEF\xBF\xBD talks"), std::string::npos);
}

TEST_F(Exports, EveryTypeAndSectorOfTheOntologyHasATerm) {
  const auto column = [](const std::string& file, size_t index) {
    std::vector<std::string> values;
    for (const std::string& line : lines(read(DRAGOMAN_SOURCE_DIR "/data/exports/" + file))) {
      if (line[0] != '#') values.push_back(cells(line).at(index));
    }
    return values;
  };
  const json ontology = json::parse(read(DRAGOMAN_SOURCE_DIR "/data/ontology/ontology.json"))["plover"];
  const auto types = column("roots.tsv", 0);
  for (const auto& type : ontology["event_types"]) {
    EXPECT_EQ(std::count(types.begin(), types.end(), type["name"]), 1) << type["name"];
  }
  const auto sectors = column("sectors.tsv", 0);
  for (const auto& sector : ontology["sectors"]) {
    EXPECT_EQ(std::count(sectors.begin(), sectors.end(), sector["code"]), 1) << sector["code"];
  }
}

TEST_F(Exports, FaultsAreNamed) {
  const auto none = export_store(*store_, {"excel", folder_ + "/out", {}, 0}, DRAGOMAN_SOURCE_DIR "/data");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::kUsage);
  EXPECT_NE(none.error().message.find("polecat"), std::string::npos);
  std::ofstream(folder_ + "/file") << "x";
  const auto blocked = export_store(*store_, {"dyads", folder_ + "/file", {}, 0}, DRAGOMAN_SOURCE_DIR "/data");
  ASSERT_FALSE(blocked);
  EXPECT_EQ(blocked.error().code, ErrorCode::kUnreadable);
  EXPECT_NE(blocked.error().place.find("/file"), std::string::npos);
}

TEST_F(Exports, ACitationNamesWhatMadeTheRecord) {
  const std::string text = citation(*store_);
  EXPECT_NE(text.find(testing::sample_record().origin.model), std::string::npos);
  EXPECT_NE(text.find("@software"), std::string::npos);
}

}  // namespace
}  // namespace dragoman
