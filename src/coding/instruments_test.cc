// SPDX-License-Identifier: Apache-2.0
#include "coding/instruments.h"

#include <gtest/gtest.h>

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
                           "a great deal of rain"}) {
    EXPECT_EQ(instruments_of(text), "") << text;
  }
}

TEST(Instruments, RefusesAFolderWithoutData) { EXPECT_THROW(InstrumentReader::open("/nowhere"), Failure); }

}  // namespace
}  // namespace dragoman::coding
