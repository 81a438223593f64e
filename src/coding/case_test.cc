// SPDX-License-Identifier: Apache-2.0
// Runs the cases of tests/events and the sentences of the rules in data/coding/rules.tsv.
#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>

#include "base/text.h"
#include "coding/case_testing.h"
#include "coding/rules.h"

namespace dragoman::coding::testing {
namespace {

const std::string kRoot = DRAGOMAN_SOURCE_DIR;

const knowledge::Ontology& ontology() {
  static const auto loaded = knowledge::Ontology::load(kRoot + "/data/ontology");
  return loaded;
}

const Coder& coder() {
  static const Coder loaded(ontology(), kRoot + "/data");
  return loaded;
}

std::vector<std::string> events_of(const Coded& coded, const Case& of, const std::vector<std::string>& like) {
  std::vector<std::string> out;
  for (size_t e = 0; e < coded.events.size(); ++e) {
    out.push_back(describe(coded.events[e], coded, of, e < like.size() ? like[e] : ""));
  }
  return out;
}

std::vector<std::string> statements_of(const Coded& coded, const Case& of) {
  std::vector<std::string> out;
  for (size_t s = 0; s < coded.statements.size(); ++s) {
    out.push_back(describe(coded.statements[s], of, s < of.says.size() ? of.says[s] : ""));
  }
  return out;
}

void expect_case(const Case& of) {
  const Coded coded = coder().code(of.article, of.analysis, of.links);
  EXPECT_EQ(base::join(events_of(coded, of, of.gives), "\n"), base::join(of.gives, "\n")) << of.name;
  EXPECT_EQ(base::join(statements_of(coded, of), "\n"), base::join(of.says, "\n")) << of.name;
}

TEST(EventCases, GiveWhatTheySay) {
  size_t count = 0;
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(kRoot + "/tests/events")) {
    if (file.path().extension() == ".txt") files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    SCOPED_TRACE(file.string());
    for (const Case& of : read_cases(file)) ++count, expect_case(of);
  }
  EXPECT_GE(count, 25U);
}

// "text // trigger: … // mention: …" → a case
Case sentence_case(const std::string& cell) {
  std::vector<std::string> lines;
  std::string rest = "text: " + cell;
  for (size_t at = rest.find(" // "); at != std::string::npos; at = rest.find(" // ")) {
    lines.push_back(rest.substr(0, at));
    rest = rest.substr(at + 4);
  }
  lines.push_back(rest);
  return read_case(lines);
}

bool applied(const Event& event, const std::string& id) {
  return ("+" + event.rule + "+").find("+" + id + "+") != std::string::npos;
}

TEST(Rules, MatchTheirSentenceAndSpareTheOther) {
  const RuleTable table(kRoot + "/data/coding/rules.tsv", ontology());
  ASSERT_FALSE(table.rules().empty());
  for (const EventRule& rule : table.rules()) {
    SCOPED_TRACE("rules.tsv:" + std::to_string(rule.line) + " " + rule.id);
    Case match = sentence_case(rule.match);
    std::vector<std::string> wanted;
    std::string rest = rule.gives;
    for (size_t at = rest.find(" // "); at != std::string::npos; at = rest.find(" // ")) {
      wanted.push_back(rest.substr(0, at));
      rest = rest.substr(at + 4);
    }
    if (!rest.empty()) wanted.push_back(rest);
    const Coded coded = coder().code(match.article, match.analysis, match.links);
    std::vector<std::string> got = events_of(coded, match, wanted);
    std::sort(got.begin(), got.end());
    std::sort(wanted.begin(), wanted.end());
    EXPECT_EQ(got, wanted);
    for (const Event& event : coded.events) EXPECT_TRUE(applied(event, rule.id)) << event.rule;

    const Case spared = sentence_case(rule.spares);
    for (const Event& event : coder().code(spared.article, spared.analysis, spared.links).events) {
      EXPECT_FALSE(applied(event, rule.id)) << event.rule;
    }
  }
}

TEST(Cases, SayWhatIsWrongWithThem) {
  EXPECT_THROW(read_case({"text: Norland", "trigger: Sudria ASSAULT actual"}), std::runtime_error);
  EXPECT_THROW(read_case({"nonsense: x"}), std::runtime_error);
}

}  // namespace
}  // namespace dragoman::coding::testing
