// SPDX-License-Identifier: Apache-2.0
#include "dragoman/grammar.h"

#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>
#include <sstream>

namespace dragoman {
namespace {

// "Élysée" makes bytes and characters differ.
Grammar grammar() {
  Grammar grammar;
  grammar.article.id = "d1";
  grammar.article.source = "a\nb.txt";
  grammar.article.text = "Élysée\nThey don't.";
  grammar.article.blocks = {{BlockKind::kTitle, {0, 8}}, {BlockKind::kParagraph, {9, 20}}};
  grammar.sentences = {{0, 8}, {9, 20}};
  grammar.tokens = {
      {{{0, 8}, "Élysée", "PROPN", "NNP", "Number=Sing", "root", 0}},
      {{{9, 13}, "they", "PRON", "PRP", "Case=Nom|Number=Plur", "nsubj", 2},
       {{14, 16}, "do", "AUX", "VBP", "", "root", 0},
       {{16, 19}, "not", "PART", "RB", "Polarity=Neg", "advmod", 2},
       {{19, 20}, ".", "PUNCT", ".", "", "punct", 2}},
  };
  return grammar;
}

TEST(ToConllu, WritesTheTenColumns) {
  EXPECT_EQ(to_conllu(grammar()),
            "# newdoc id = a b.txt\n"
            "# newpar\n# sent_id = d1-1\n# text = Élysée\n"
            "1\tÉlysée\tÉlysée\tPROPN\tNNP\tNumber=Sing\t0\troot\t_\tTokenRange=0:6\n\n"
            "# newpar\n# sent_id = d1-2\n# text = They don't.\n"
            "1\tThey\tthey\tPRON\tPRP\tCase=Nom|Number=Plur\t2\tnsubj\t_\tTokenRange=7:11\n"
            "2\tdo\tdo\tAUX\tVBP\t_\t0\troot\t_\tSpaceAfter=No|TokenRange=12:14\n"
            "3\tn't\tnot\tPART\tRB\tPolarity=Neg\t2\tadvmod\t_\tSpaceAfter=No|TokenRange=14:17\n"
            "4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\tTokenRange=17:18\n\n");
}

// Marks of the tokens, "_" for none.
std::vector<std::string> entities(const std::vector<std::vector<Span>>& chains) {
  Grammar nested;
  nested.article.id = "d1";
  nested.article.text = "a b c d e";
  nested.sentences = {{0, 9}};
  nested.tokens.emplace_back();
  // c is the root, of b and d; a hangs on b, e on d.
  for (uint32_t i = 0; i < 5; ++i) {
    constexpr std::array<uint32_t, 5> kHeads = {2, 3, 0, 3, 4};
    nested.tokens.back().push_back({{2 * i, 2 * i + 1}, "x", "X", "X", "", "dep", kHeads[i]});
  }
  nested.chains = chains;
  std::vector<std::string> marks;
  std::istringstream lines(to_conllu(nested));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    const std::string misc = line.substr(line.rfind('\t') + 1);
    marks.push_back(misc.compare(0, 7, "Entity=") == 0 ? misc.substr(7, misc.find('|') - 7) : "_");
  }
  return marks;
}

TEST(ToConllu, MarksTheMentionsOfChains) {
  using Marks = std::vector<std::string>;
  EXPECT_EQ(entities({}), (Marks{"_", "_", "_", "_", "_"}));
  EXPECT_EQ(entities({{{0, 1}, {8, 9}}}), (Marks{"(d1_e1--1)", "_", "_", "_", "(d1_e1--1)"}));
  // One within another, both ending at c; one of three at its end; and one that crosses, left out.
  EXPECT_EQ(entities({{{0, 5}, {8, 9}}, {{2, 5}, {6, 7}}}),
            (Marks{"(d1_e1--3", "(d1_e2--2", "d1_e2)d1_e1)", "(d1_e2--1)", "(d1_e1--1)"}));
  EXPECT_EQ(entities({{{0, 3}, {2, 3}}, {{2, 7}, {8, 9}}}),
            (Marks{"(d1_e1--2", "(d1_e1--1)d1_e1)", "_", "_", "(d1_e2--1)"}));
  EXPECT_NE(to_conllu(grammar()).find("# newdoc id = a b.txt\n# newpar"), std::string::npos);
}

TEST(ToJson, TellsTheChains) {
  Grammar chained = grammar();
  chained.chains = {{{0, 8}, {9, 13}}};
  EXPECT_EQ(nlohmann::json::parse(to_json(chained))["chains"], nlohmann::json::parse("[[[0,6],[7,11]]]"));
  EXPECT_EQ(nlohmann::json::parse(to_json(grammar()))["chains"], nlohmann::json::array());
}

TEST(ToJson, HoldsTheSameInCharacters) {
  const auto json = nlohmann::json::parse(to_json(grammar()));
  EXPECT_EQ(json["source"], "a\nb.txt");
  ASSERT_EQ(json["sentences"].size(), 2U);
  EXPECT_EQ(json["sentences"][1]["span"], nlohmann::json({7, 18}));
  EXPECT_EQ(json["sentences"][1]["tokens"][2],
            nlohmann::json::parse(R"({"span":[14,17],"form":"n't","lemma":"not","tag":"PART","fine_tag":"RB",
                                      "features":"Polarity=Neg","head":2,"relation":"advmod"})"));
}

TEST(ToConllu, OfNothingIsTheDocumentAlone) { EXPECT_EQ(to_conllu({}), "# newdoc id = \n"); }

}  // namespace
}  // namespace dragoman
