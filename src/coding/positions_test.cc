// SPDX-License-Identifier: Apache-2.0
// What positions are told of actors: with little tables of three issues, and with those that are shipped.
#include "coding/positions.h"

#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "document/testing.h"
#include "dragoman/error.h"

namespace dragoman::coding {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

const std::string kData = DRAGOMAN_SOURCE_DIR "/data/coding/positions";

const knowledge::Ontology& ontology() {
  static const auto loaded = knowledge::Ontology::load(DRAGOMAN_SOURCE_DIR "/data/ontology");
  return loaded;
}

std::string written(const std::string& name, const std::string& content) {
  const auto path = std::filesystem::temp_directory_path() / ("positions_test_" + name);
  std::ofstream(path) << content;
  return path.string();
}

std::string message_of(const auto& run) {
  try {
    run();
  } catch (const Failure& failure) {
    return failure.error().message + " at " + failure.error().place;
  }
  return "";
}

TEST(TopicStems, AreShortAndOfContentWords) {
  EXPECT_THAT(topic_stems("The ministers said 12 countries' cease-fires were broken."),
              ElementsAre("minist", "countr", "cease", "fire", "broken"));
  EXPECT_THAT(topic_stems("los niños águilas"), ElementsAre("los", "niño", "águil"));  // no half characters
  EXPECT_THAT(topic_stems("the 3 of them"), IsEmpty());
}

TEST(TermBag, KeepsTheFirstWeightOfATerm) {
  TermBag bag;
  bag.add("peace talks", 1.0);
  bag.add("new peace plan", 0.5);
  EXPECT_THAT(bag.terms(), ElementsAre(Pair("peace", 1.0), Pair("talk", 1.0), Pair("peace_talk", 1.0),
                                       Pair("plan", 0.5), Pair("peace_plan", 0.5)));
}

TEST(IssueWords, AddsWeightsInStepsOfATwentieth) {
  const IssueWords words(
      written("words.tsv", "term\tnear\tfar\n*\t0:-20\t1:-40\npeace\t0:30 1:2\t\npeace_talk\t0:10\t1:20\n"), 2);
  TermBag bag;
  bag.add("peace talks", 1.0);
  EXPECT_NEAR(words.near(bag)[0], -1 + 1.5 + 0.5, 1e-12);
  EXPECT_NEAR(words.near(bag)[1], 0.1, 1e-12);
  EXPECT_NEAR(words.far(bag)[1], -2 + 8 / std::sqrt(3.0), 1e-12);  // of three terms
}

TEST(IssueWords, FaultyRowsAreNamed) {
  const auto message = [](const std::string& rows) {
    return message_of([&] { IssueWords(written("bad.tsv", "term\tnear\tfar\n" + rows), 2); });
  };
  EXPECT_THAT(message("peace\t2:1\t\n"), HasSubstr("no weight of an issue: '2:1'"));
  EXPECT_THAT(message("peace\t1:x\t\n"), HasSubstr("no weight of an issue"));
  EXPECT_THAT(message("peace\t1:1\t\npeace\t1:1\t\n"), HasSubstr("twice"));
}

TEST(PositionChoice, IsTheMeanOfItsNetworks) {
  const std::string net =
      "\tmean\t0\t1 0\nN\tscale\t0\t2 1\nN\ta\t0\t1 0\nN\tc\t0\t0.5\nN\tb\t0\t2\nN\tlinear\t0\t0 -1\nN\tbias\t0\t0.25\n"
      "N\tissue\t0\t1 -1e-01\nN\tpair\t0\t0\nN\tpair\t1\t3\n";
  std::string table = "net\tpart\trow\tvalues\n0\tissues\t0\tceasefire sanctions\n0\tthreshold\t0\t-0.6\n";
  for (const char* number : {"0", "1"}) {
    std::string part = "N" + net;
    for (size_t at; (at = part.find('N')) != std::string::npos;) part.replace(at, 1, number);
    table += part;
  }
  const PositionChoice choice(written("choice.tsv", table), 2, 1);
  EXPECT_THAT(choice.issues(), ElementsAre("ceasefire", "sanctions"));
  EXPECT_EQ(choice.threshold(), -0.6);
  EXPECT_NEAR(choice.logit({3, 4}, 1, 0), 0.25 - 0.1 + 3 - 4 + 2 * std::tanh(1.5), 1e-12);
  EXPECT_THAT(message_of([&] { PositionChoice(written("choice.tsv", table), 3, 1); }), HasSubstr("do not fit"));
  EXPECT_THAT(message_of([&] { PositionChoice(written("choice.tsv", table + "0\tb\t0\t1,5\n"), 2, 1); }),
              HasSubstr("not a number: '1,5'"));
}

TEST(StanceWeights, WordsTurnWithTheAct) {
  const StanceWeights weights(
      written("stance.tsv",
              "sign\tweight\n*\t-50\nissue sanctions\t20\nword + lift\t100\nword - lift sanctions\t-100\n"
              "denial s\t40\ntype REJECT\t70\n"));
  EXPECT_NEAR(weights.against("sanctions"), -0.3, 1e-12);
  const auto says = [&](Deed deed) { return weights.against(deed, 0.5, "sanctions"); };
  const double words = std::sqrt(1 + 2 / 6.0);  // lift, sanction
  EXPECT_NEAR(says({static_cast<size_t>(EventType::kRequest), "lift the sanctions", Status::kActual, {}}), 0.5 / words,
              1e-12);
  EXPECT_NEAR(says({static_cast<size_t>(EventType::kReject), "lift the sanctions", Status::kActual, {}}),
              0.5 * (0.7 - 0.7 / words), 1e-12);
  EXPECT_NEAR(says({Deed::kSaying, "no", Status::kActual, {}}), 0.2, 1e-12);
  EXPECT_EQ(weights.against({Deed::kSaying, "no", Status::kActual, {}}, 0.02, "sanctions"), 0);
}

// An article of invented acts: "TEXT" by actor 0 towards actor 1.
class Told {
 public:
  explicit Told(const std::string& text) {
    article_.text = text;
    analysis_.sentences = {{0, static_cast<uint32_t>(text.size())}};
    links_.entities = {entity("Norland", EntityKind::kCountry, "NOR", {"GOV"}),
                       entity("Sudria", EntityKind::kCountry, "SDN", {"GOV"}),
                       entity("Ada Berg", EntityKind::kPerson, "NOR", {"GOV"})};
  }

  void act(EventType type, const std::string& trigger, const std::string& theme, uint32_t actor) {
    Event event;
    event.type = type;
    event.trigger = span(trigger);
    event.theme = span(theme);
    event.actors = {participant(actor)};
    event.recipients = {participant(1)};
    events_.push_back(event);
  }

  void statement(const std::string& content, uint32_t speaker) {
    Statement said;
    said.content = span(content);
    said.speaker = participant(speaker);
    statements_.push_back(said);
  }

  std::vector<Position> positions() const {
    static const PositionFinder finder(kData, ontology());
    return finder.find(Reading{article_, analysis_, links_}, events_, statements_);
  }

 private:
  static Entity entity(const std::string& name, EntityKind kind, const std::string& country,
                       const std::vector<std::string>& sectors) {
    Entity out;
    out.name = name, out.kind = kind, out.country = country, out.sectors = sectors;
    return out;
  }
  Participant participant(uint32_t entity) const {
    return {entity, {}, links_.entities[entity].country, links_.entities[entity].sectors};
  }
  Span span(std::string_view words) const { return testing::span_of(article_.text, words); }

  Article article_;
  Analysis analysis_;
  Links links_;
  std::vector<Event> events_;
  std::vector<Statement> statements_;
};

TEST(PositionFinder, SanctionsAreBackedByWhoImposesThem) {
  Told told("Norland imposed new economic sanctions on Sudria.");
  told.act(EventType::kSanction, "imposed", "new economic sanctions", 0);
  const std::vector<Position> found = told.positions();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].holder, 0U);
  EXPECT_EQ(found[0].issue, "sanctions");
  EXPECT_EQ(found[0].stance, Stance::kFor);
  EXPECT_EQ(found[0].object, 1U);
  EXPECT_THAT(found[0].events, ElementsAre(0));
}

TEST(PositionFinder, OfficialsSpeakForTheirState) {
  Told told("Ada Berg called on Sudria to agree to an immediate ceasefire. The fighting must stop, she said.");
  told.act(EventType::kRequest, "called on", "to agree to an immediate ceasefire", 2);
  told.statement("The fighting must stop", 2);
  const std::vector<Position> found = told.positions();
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].holder, 0U);
  EXPECT_EQ(found[0].issue, "ceasefire");
  EXPECT_EQ(found[0].stance, Stance::kFor);
}

TEST(PositionFinder, WhoTellsNothingOfAnIssueHasNoPosition) {
  Told told("Norland played chess with Sudria on Monday.");
  told.act(EventType::kCooperate, "played", "chess", 0);
  EXPECT_THAT(told.positions(), IsEmpty());
  EXPECT_THAT(Told("Nobody did anything.").positions(), IsEmpty());
}

TEST(PositionFinder, IssuesMustBeKnown) {
  const auto folder = std::filesystem::temp_directory_path() / "positions_test_folder";
  std::filesystem::create_directories(folder);
  for (const char* name : {"words.tsv", "choice.tsv", "stance.tsv"}) {
    std::filesystem::copy_file(kData + "/" + name, folder / name, std::filesystem::copy_options::overwrite_existing);
  }
  std::ifstream in(kData + "/choice.tsv");
  std::string table((std::istreambuf_iterator<char>(in)), {});
  const size_t at = table.find("\tceasefire ");
  ASSERT_NE(at, std::string::npos);
  table.replace(at, 11, "\tcricket ");
  std::ofstream(folder / "choice.tsv") << table;
  EXPECT_THAT(message_of([&] { PositionFinder(folder.string(), ontology()); }), HasSubstr("no such issue: cricket"));
}

}  // namespace
}  // namespace dragoman::coding
