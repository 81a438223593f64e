// SPDX-License-Identifier: Apache-2.0
#include "coding/instruments.h"

#include <gtest/gtest.h>

#include "coding/instrument_owners.h"

namespace dragoman::coding {
namespace {

/// "kind name (mentions)" of each instrument.
std::string instruments_of(std::string_view text) {
  static const InstrumentReader kReader = InstrumentReader::open(DRAGOMAN_SOURCE_DIR "/data");
  std::string out;
  for (const Instrument& instrument : kReader.find(text, {{0, static_cast<uint32_t>(text.size())}})) {
    if (!out.empty()) out += "; ";
    out += std::string(to_string(instrument.kind)) + " " + instrument.name + " (" +
           std::to_string(instrument.mentions.size()) + ")";
  }
  return out;
}

TEST(Instruments, FindsNamedOnes) {
  EXPECT_EQ(instruments_of("They cited the Minsk Agreement and the Treaty of Rome."),
            "agreement Minsk Agreement (1); treaty Treaty of Rome (1)");
  EXPECT_EQ(instruments_of("under the Convention on Climate Change"), "treaty Convention on Climate Change (1)");
  EXPECT_EQ(instruments_of("the Camp David accords"), "agreement Camp David accords (1)");
  EXPECT_EQ(instruments_of("a breach of UN Security Council Resolution 2231"),
            "resolution UN Security Council Resolution 2231 (1)");
  EXPECT_EQ(instruments_of("Resolution 1701 holds; resolution 1701 must hold."), "resolution Resolution 1701 (2)");
}

TEST(Instruments, FindsDescribedOnes) {
  EXPECT_EQ(instruments_of("It offered a 12-point peace plan."), "plan 12-point peace plan (1)");
  EXPECT_EQ(instruments_of("The Senate passed the $95.3 billion bill."), "bill $95.3 billion bill (1)");
  EXPECT_EQ(instruments_of("a draft law and a trade deal"), "law draft law (1); agreement trade deal (1)");
  EXPECT_EQ(instruments_of("It imposed sanctions on Norland."), "sanctions sanctions on Norland (1)");
}

TEST(Instruments, JoinsMentions) {
  EXPECT_EQ(instruments_of("The 12-point plan failed, but the plan lives on. The 12-point peace plan is old."),
            "plan 12-point peace plan (3)");
  EXPECT_EQ(instruments_of("The Paris Agreement and the Minsk Agreement; the agreement failed."),
            "agreement Paris Agreement (1); agreement Minsk Agreement (2)");
}

TEST(Instruments, LeavesOtherNounsAlone) {
  for (const char* text : {"President Bill Moss acted.", "They plan to act.", "the World Food Programme",
                           "the Republican National Convention", "Law and order", "the plan", "The Act Up group",
                           "a great deal of rain", "Director of the Eurasia Program at the Norland Institute"}) {
    EXPECT_EQ(instruments_of(text), "") << text;
  }
}

/// "name = owner (mentions)" of each instrument of a text in which these words are names, and these pronouns, of
/// Norland (entity 0, a country), Ada Moss (1), the Justice Party (2) and Elbonia (3).
std::string owners_in(const std::string& text) {
  static const InstrumentReader kReader = InstrumentReader::open(DRAGOMAN_SOURCE_DIR "/data");
  struct Known {
    const char* words;
    uint32_t entity;
    Form form;
  };
  constexpr Known kKnown[] = {{"Norlandic", 0, Form::kName}, {"Norland", 0, Form::kName},
                              {"Moss", 1, Form::kName},      {"Justice Party", 2, Form::kName},
                              {"Elbonia", 3, Form::kName},   {"its ", 0, Form::kPronoun}};
  Article article;
  article.text = text;
  Analysis analysis;
  for (uint32_t begin = 0; begin < text.size();) {
    const size_t stop = text.find(". ", begin);
    const auto end = static_cast<uint32_t>(stop == std::string::npos ? text.size() : stop + 1);
    analysis.sentences.push_back({begin, end});
    begin = stop == std::string::npos ? end : end + 1;
  }
  Links links;
  links.entities = {{"Norland", EntityKind::kCountry, "", "NOR", {}, "", {}},
                    {"Ada Moss", EntityKind::kPerson, "", "NOR", {}, "", {}},
                    {"Justice Party", EntityKind::kParty, "", "NOR", {}, "", {}},
                    {"Elbonia", EntityKind::kCountry, "", "ELB", {}, "", {}}};
  for (uint32_t at = 0; at < text.size(); ++at) {
    for (const Known& one : kKnown) {
      const std::string_view words = one.words;
      if (!std::string_view(text).substr(at).starts_with(words)) continue;
      const auto size = static_cast<uint32_t>(words.ends_with(' ') ? words.size() - 1 : words.size());
      analysis.mentions.push_back({{at, at + size}, {at, at + size}, one.form, MentionKind::kOther, 1.0F});
      links.of.push_back({one.entity});
      at += size;
      break;
    }
  }
  std::vector<Instrument> instruments = kReader.find(text, analysis.sentences);
  give_owners({article, analysis, links}, instruments);
  std::string out;
  for (const Instrument& one : instruments) {
    if (!out.empty()) out += "; ";
    out += one.name + " = " + (one.owner ? links.entities[*one.owner].name : "?") + " (" +
           std::to_string(one.mentions.size()) + ")";
  }
  return out;
}

TEST(InstrumentOwners, AreToldByTheWordsAround) {
  for (const char* text :
       {"Norland's 12-point plan failed.", "It backed its 12-point plan.", "The Norlandic 12-point plan failed.",
        "They endorsed the 12-point plan that Norland revealed last week.",
        "They endorsed the 12-point plan for settling the conflict, which Norland has proposed.",
        "They endorsed a 12-point plan proposed by Norland.", "A 12-point plan put forward by Norland failed.",
        "Norland has put forward a 12-point plan.", "Norland unveiled its 12-point plan."}) {
    EXPECT_EQ(owners_in(text), "12-point plan = Norland (1)") << text;
  }
  EXPECT_EQ(owners_in("Moss signed the Justice Party tax bill."), "tax bill = Justice Party (1)");
}

TEST(InstrumentOwners, AreNotGuessed) {
  EXPECT_EQ(owners_in("They joined the Norlandic Recovery Plan."), "Norlandic Recovery Plan = ? (1)");
  for (const char* text : {"The Norland 12-point plan failed.", "Norland rejected the 12-point plan.",
                           "Norland criticised a 12-point plan.", "The 12-point plan that hurt Norland failed.",
                           "They said that Norland proposed talks about the 12-point plan."}) {
    EXPECT_EQ(owners_in(text), "12-point plan = ? (1)") << text;
  }
}

TEST(InstrumentOwners, OneOwnersPlanIsOne) {
  EXPECT_EQ(owners_in("They endorsed the 12-point plan that Norland revealed. The Norlandic peace plan failed. Moss "
                      "criticised the plan."),
            "12-point plan = Norland (3)");
  EXPECT_EQ(owners_in("Norland's peace plan failed. Norland's 12-point plan is new."), "12-point plan = Norland (2)");
  EXPECT_EQ(owners_in("Norland's 12-point plan failed. Norland's five-year plan is new."),
            "12-point plan = Norland (1); five-year plan = Norland (1)");
  EXPECT_EQ(owners_in("Norland's peace plan failed. Moss unveiled a rescue plan. Elbonia's peace plan is old."),
            "peace plan = Norland (1); peace plan = Elbonia (1); rescue plan = Ada Moss (1)");
  EXPECT_EQ(owners_in("Norland's tax bill failed. Moss backed the Justice Party tax bill."), "tax bill = Norland (2)");
}

/// "actors > recipients" of an event in "Norland's 12-point plan failed. …", with this trigger, type and actor.
std::string parties(const std::string& behind, const std::string& trigger, EventType type,
                    std::optional<uint32_t> actor) {
  Article article;
  article.text = "Norland's 12-point plan failed. " + behind;
  const auto at = [&](const std::string& words) {
    const auto begin = static_cast<uint32_t>(article.text.find(words));
    return Span{begin, begin + static_cast<uint32_t>(words.size())};
  };
  Links links;
  links.entities = {{"Norland", EntityKind::kCountry, "", "NOR", {}, "", {}},
                    {"Elbonia", EntityKind::kCountry, "", "ELB", {}, "", {}}};
  const Analysis analysis;
  const Reading reading{article, analysis, links};
  const std::vector<Instrument> instruments = {
      {InstrumentKind::kPlan, "12-point plan", 0U, {at("12-point plan"), at("the plan")}}};
  Event event;
  event.type = type;
  event.trigger = at(trigger);
  if (behind.find(" was ") == std::string::npos) event.theme = at("the plan");
  event.instruments = {0};
  if (actor) event.actors.push_back(participant(reading, *actor, at(trigger), 0.9F));
  act_for_owners(reading, instruments, event);
  std::string out;
  for (const Participant& one : event.actors) out += links.entities[one.entity].name + " ";
  out += ">";
  for (const Participant& one : event.recipients) out += " " + links.entities[one.entity].name;
  return out;
}

TEST(InstrumentOwners, ActAndAreActedOnThroughTheirPlans) {
  EXPECT_EQ(parties("Then the plan calls for talks.", "calls for", EventType::kRequest, {}), "Norland >");
  EXPECT_EQ(parties("Then the plan also calls for talks.", "calls for", EventType::kRequest, {}), "Norland >");
  EXPECT_EQ(parties("After the plan failed they called for talks.", "called for", EventType::kRequest, {}), ">");
  EXPECT_EQ(parties("Then the plan was rejected.", "was rejected", EventType::kReject, {}), ">");
  EXPECT_EQ(parties("Then the plan rejected by them failed.", "rejected", EventType::kReject, {}), ">");
  EXPECT_EQ(parties("Elbonia criticized the plan.", "criticized", EventType::kAccuse, 1), "Elbonia > Norland");
  EXPECT_EQ(parties("Then the plan was rejected by Elbonia.", "was rejected", EventType::kReject, 1),
            "Elbonia > Norland");
  EXPECT_EQ(parties("Norland defended the plan.", "defended", EventType::kSupport, 0), "Norland >");
  EXPECT_EQ(parties("Elbonia discussed the plan.", "discussed", EventType::kConsult, 1), "Elbonia >");
}

TEST(Instruments, RefusesAFolderWithoutData) { EXPECT_THROW(InstrumentReader::open("/nowhere"), Failure); }

}  // namespace
}  // namespace dragoman::coding
