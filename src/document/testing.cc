// SPDX-License-Identifier: Apache-2.0
#include "document/testing.h"

#include <cstdlib>

namespace dragoman::testing {
namespace {

constexpr std::string_view kText =
    "Norland shells Sudria’s port\n\n"
    "Norland’s army shelled the port of Łódka in Sudria on Thursday, killing 12 people, Radio Sudria reported.\n\n"
    "“We will answer every attack,” Åsa Lindqvist, Sudria’s foreign minister, told reporters. She accused Norland of "
    "breaking the Harbour Accord 🕊 and asked the Council of Bays for $2.5 million in aid.";

constexpr std::string_view kSmallText =
    "Talks in Wend\n\nMinisters of Norland and Wend met for talks. The two sides may sign a trade plan next year.";

Participant participant(uint32_t entity, Span span, std::string country, std::vector<std::string> sectors,
                        float score = 1.0F) {
  return {entity, span, std::move(country), std::move(sectors), score};
}

Origin sample_origin() {
  return {"0.1.0", "reader 1 (sha256 0123456789ab)", "sha256 ba9876543210", "PLOVER 2.0 draft"};
}

Article sample_article() {
  Article article;
  article.source = "reports/harbour.jsonl#harbour-1";
  article.url = "https://news.example/harbour";
  article.title = "Norland shells Sudria’s port";
  article.publisher = "The Bay Courier";
  article.authors = {"Ola Berg", "Ines Moreau"};
  article.published = Date{"2031-05-16", Precision::kDay, "metadata", std::nullopt};
  article.language = "en";
  article.text = kText;
  article.id = article_id(article.source, article.text);
  const auto first = static_cast<uint32_t>(kText.find("\n\n"));
  const auto second = static_cast<uint32_t>(kText.find("\n\n", first + 2));
  article.blocks = {{BlockKind::kTitle, {0, first}},
                    {BlockKind::kParagraph, {first + 2, second}},
                    {BlockKind::kParagraph, {second + 2, static_cast<uint32_t>(kText.size())}}};
  article.dropped = {{"navigation", "Home | World | Sport"}};
  return article;
}

std::vector<Entity> sample_entities(std::string_view text) {
  const auto mention = [&](std::string_view words, int nth, Form form, LinkReason reason) {
    return EntityMention{span_of(text, words, nth), form, std::move(reason)};
  };
  const LinkReason norland = {"name", "countries.tsv:12", "1919-01-01/", "place:norland-bay"};
  const LinkReason sudria = {"name", "countries.tsv:31", "", ""};
  return {
      {"Norland",
       EntityKind::kCountry,
       "country:XNO",
       "XNO",
       {"GOV"},
       "",
       {mention("Norland", 0, Form::kName, norland), mention("Norland", 2, Form::kName, norland)}},
      {"Sudria",
       EntityKind::kCountry,
       "country:XSU",
       "XSU",
       {"GOV"},
       "",
       {mention("Sudria", 0, Form::kName, sudria), mention("Sudria", 1, Form::kName, sudria)}},
      {"Army of Norland",
       EntityKind::kMilitary,
       "",
       "XNO",
       {"MIL"},
       "",
       {mention("Norland’s army", 0, Form::kNominal, {"description", "", "", ""})}},
      {"Łódka", EntityKind::kPlace, "place:1234567", "XSU", {}, "", {mention("Łódka", 0, Form::kName, {})}},
      {"Radio Sudria", EntityKind::kMedia, "", "XSU", {"MED"}, "", {mention("Radio Sudria", 0, Form::kName, {})}},
      {"Åsa Lindqvist",
       EntityKind::kPerson,
       "person:asa-lindqvist",
       "XSU",
       {"GOV"},
       "foreign minister",
       {mention("Åsa Lindqvist", 0, Form::kName, {"title-after-name", "leaders.tsv:7", "2029-03-01/", ""}),
        mention("She", 0, Form::kPronoun, {"pronoun", "", "", ""})}},
      {"reporters", EntityKind::kPeople, "", "", {"MED"}, "", {mention("reporters", 0, Form::kNominal, {})}},
      {"Council of Bays", EntityKind::kIgo, "igo:COB", "IGO", {}, "", {mention("Council of Bays", 0, Form::kName, {})}},
  };
}

Event shelling(std::string_view text) {
  Event event;
  event.type = EventType::kAssault;
  event.modes = {"heavy-weapons"};
  event.contexts = {"military", "territory"};
  event.cameo = "194";
  event.quad = "material-conflict";
  event.score = -9.5;
  event.status = Status::kActual;
  event.actors = {participant(2, span_of(text, "Norland’s army"), "XNO", {"MIL"}, 0.875F)};
  event.recipients = {participant(1, span_of(text, "Sudria", 1), "XSU", {"GOV"}, 0.5F)};
  event.theme = span_of(text, "the port of Łódka");
  event.locations = {{"Łódka", "XSU", 1234567, 54.25, 18.5, "city", span_of(text, "Łódka")}};
  event.date = Date{"2031-05-15", Precision::kDay, "text", span_of(text, "on Thursday")};
  event.attribution = {{4, SourceKind::kMedium, span_of(text, "reported")}};
  event.quantities = {0, 3};
  event.trigger = span_of(text, "shelled");
  event.sentence = 1;
  event.rule = "trigger";
  event.confidence = 0.912345;
  event.type_scores[static_cast<size_t>(EventType::kAssault)] = 0.91F;
  event.type_scores[static_cast<size_t>(EventType::kCoerce)] = 0.04F;
  event.type_scores[static_cast<size_t>(EventType::kAid)] = 0.001F;
  event.status_scores = {0.95F, 0.01F, 0.01F, 0.0F, 0.03F};
  event.account.confidence = {{"trigger", 0.95F, 2.5F}, {"actor", 0.875F, 0.25F}, {"base", 1, -0.4F}};
  event.account.fillers = {{Role::kActor, event.actors[0].span, 0.875F}, {Role::kTheme, *event.theme, 0.75F}};
  event.account.modes = {{"heavy-weapons", 0.35F}, {"aerial", 0.25F}};
  event.account.historical = 0.125F;
  event.account.steps = {{"modes", "modes none → heavy-weapons", "words of the act"}};
  return event;
}

Event accusation(std::string_view text) {
  Event event;
  event.type = EventType::kAccuse;
  event.modes = {"allege"};
  event.cameo = "112";
  event.quad = "verbal-conflict";
  event.score = -2;
  event.actors = {participant(5, span_of(text, "She"), "XSU", {"GOV"}, 0.9F)};
  event.recipients = {participant(0, span_of(text, "Norland", 2), "XNO", {"GOV"}, 0.8F)};
  event.theme = span_of(text, "breaking the Harbour Accord");
  event.about = 2;
  event.date = Date{"2031-05-16", Precision::kDay, "publication", std::nullopt};
  event.instruments = {0};
  event.trigger = span_of(text, "accused");
  event.sentence = 3;
  event.rule = "trigger";
  event.confidence = 0.8;
  event.type_scores[static_cast<size_t>(EventType::kAccuse)] = 0.8F;
  event.status_scores[0] = 1.0F;
  return event;
}

Event breach(std::string_view text) {
  Event event;
  event.type = EventType::kReject;
  event.quad = "verbal-conflict";
  event.score = -4;
  event.status = Status::kAlleged;
  event.historical = true;
  event.actors = {participant(0, span_of(text, "Norland", 2), "XNO", {"GOV"})};
  event.attribution = {{5, SourceKind::kSpeaker, span_of(text, "accused")}};
  event.instruments = {0};
  event.trigger = span_of(text, "breaking");
  event.sentence = 3;
  event.rule = "accused-of";
  event.confidence = 0.4;
  return event;
}

}  // namespace

Span span_of(std::string_view text, std::string_view words, int nth) {
  size_t at = text.find(words);
  for (int i = 0; i < nth && at != std::string_view::npos; ++i) at = text.find(words, at + 1);
  if (at == std::string_view::npos) std::abort();  // a test that asks for words that are not there
  return {static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())};
}

Record sample_record() {
  Record record;
  record.article = sample_article();
  const std::string_view text = record.article.text;
  const uint32_t she = span_of(text, "She").begin;
  record.sentences = {record.article.blocks[0].span,
                      record.article.blocks[1].span,
                      {record.article.blocks[2].span.begin, she - 1},
                      {she, record.article.blocks[2].span.end}};
  record.entities = sample_entities(text);
  record.events = {shelling(text), accusation(text), breach(text)};
  Statement statement;
  statement.kind = StatementKind::kDirect;
  statement.speaker = participant(5, span_of(text, "Åsa Lindqvist"), "XSU", {"GOV"}, 0.97F);
  statement.addressees = {participant(6, span_of(text, "reporters"), "", {"MED"})};
  statement.act = "say";
  statement.cue = span_of(text, "told");
  statement.content = span_of(text, "We will answer every attack,");
  statement.via = {{4, SourceKind::kMedium, std::nullopt}};
  statement.date = Date{"2031-05-16", Precision::kDay, "publication", std::nullopt};
  statement.sentence = 2;
  statement.confidence = 0.99;
  statement.account.confidence = {{"cue", 0.97F, 3.5F}, {"base", 1, 1.0F}};
  record.statements = {statement};
  record.quantities = {{QuantityKind::kKilled, 12, std::nullopt, "people", std::nullopt, std::nullopt, std::nullopt,
                        span_of(text, "12 people")},
                       {QuantityKind::kMoney, 2.5e6, std::pair{2.5e6, 2.5e6}, "USD", std::nullopt, std::nullopt,
                        std::nullopt, span_of(text, "$2.5 million")},
                       {QuantityKind::kVote, std::nullopt, std::nullopt, "", 70, 29, 1, span_of(text, "12")},
                       {QuantityKind::kDistance, 30, std::nullopt, "mile", std::nullopt, std::nullopt, std::nullopt,
                        span_of(text, "12")}};
  record.instruments = {{InstrumentKind::kAgreement, "Harbour Accord", 7, {span_of(text, "the Harbour Accord")}}};
  record.positions = {{1, "arms-supplies", 0, Stance::kAgainst, {1}, {0}},
                      {7, "ceasefire", std::nullopt, Stance::kFor, {}, {0}}};
  record.dates = {{span_of(text, "on Thursday"), "2031-05-15", Precision::kDay}};
  record.origin = sample_origin();
  return record;
}

Record small_record() {
  Record record;
  Article& article = record.article;
  article.source = "reports/talks.txt";
  article.title = "Talks in Wend";
  article.language = "en";
  article.text = kSmallText;
  article.id = article_id(article.source, article.text);
  const std::string_view text = article.text;
  const Span first = span_of(text, "Ministers of Norland and Wend met for talks.");
  const Span second = span_of(text, "The two sides may sign a trade plan next year.");
  article.blocks = {{BlockKind::kTitle, span_of(text, "Talks in Wend")},
                    {BlockKind::kParagraph, {first.begin, second.end}}};
  record.sentences = {article.blocks[0].span, first, second};
  record.entities = {
      {"Norland",
       EntityKind::kCountry,
       "country:XNO",
       "XNO",
       {"GOV"},
       "",
       {{span_of(text, "Norland"), Form::kName, {}}}},
      {"Wend", EntityKind::kCountry, "country:XWE", "XWE", {"GOV"}, "", {{span_of(text, "Wend", 1), Form::kName, {}}}}};
  Event meeting;
  meeting.type = EventType::kConsult;
  meeting.modes = {"visit"};
  meeting.quad = "verbal-cooperation";
  meeting.score = 2.5;
  meeting.actors = {participant(0, span_of(text, "Norland"), "XNO", {"GOV"}),
                    participant(1, span_of(text, "Wend", 1), "XWE", {"GOV"})};
  meeting.trigger = span_of(text, "met");
  meeting.sentence = 1;
  meeting.confidence = 0.7;
  Event signing;
  signing.type = EventType::kAgree;
  signing.status = Status::kHypothetical;
  signing.actors = meeting.actors;
  signing.date = Date{"2032", Precision::kYear, "text", span_of(text, "next year")};
  signing.trigger = span_of(text, "sign");
  signing.sentence = 2;
  signing.confidence = 0.6;
  record.events = {meeting, signing};
  record.origin = sample_origin();
  return record;
}

}  // namespace dragoman::testing
