// SPDX-License-Identifier: Apache-2.0
#include "dragoman/grammar.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

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
            "# newpar\n# sent_id = 1\n# text = Élysée\n"
            "1\tÉlysée\tÉlysée\tPROPN\tNNP\tNumber=Sing\t0\troot\t_\tTokenRange=0:6\n\n"
            "# newpar\n# sent_id = 2\n# text = They don't.\n"
            "1\tThey\tthey\tPRON\tPRP\tCase=Nom|Number=Plur\t2\tnsubj\t_\tTokenRange=7:11\n"
            "2\tdo\tdo\tAUX\tVBP\t_\t0\troot\t_\tSpaceAfter=No|TokenRange=12:14\n"
            "3\tn't\tnot\tPART\tRB\tPolarity=Neg\t2\tadvmod\t_\tSpaceAfter=No|TokenRange=14:17\n"
            "4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\tTokenRange=17:18\n\n");
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
