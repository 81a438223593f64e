// SPDX-License-Identifier: Apache-2.0
// Measures src/linking alone: the mentions are the gold's participants and speakers together with the names
// that can be seen in the text, and what link() makes of each is compared with gold by the rule of score.py.
//
//     link_eval DATA GOLD.jsonl [--errors N] [--form name|nominal|pronoun] [--locate]
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "base/utf8.h"
#include "knowledge/fold.h"
#include "linking/context.h"
#include "linking/link.h"
#include "linking/name_finder.h"
#include "linking/phrase.h"
#include "linking/places.h"
#include "linking/words.h"

namespace {

using dragoman::Analysis;
using dragoman::Article;
using dragoman::Form;
using dragoman::Mention;
using dragoman::MentionKind;
using dragoman::Span;
using nlohmann::json;

struct Gold {
  Span span;
  std::string name, country;
  std::vector<std::string> sectors;
  bool speaker = false;
};

std::set<std::string> name_words(const std::string& name) {
  std::set<std::string> out;
  std::string spaced = name;  // score.py parts words at every mark, "Kenya's" is "kenya s"
  for (char& c : spaced)
    if (c == '\'' || c == '.') c = ' ';
  const std::string folded = dragoman::knowledge::fold_lower(spaced);
  for (const auto word : dragoman::base::split(folded, ' '))
    if (word != "the" && word != "of" && !word.empty()) out.emplace(word);
  return out;
}

bool same_name(const std::string& a, const std::string& b) {
  auto x = name_words(a), y = name_words(b);
  if (x.empty() || y.empty()) return false;
  if (x.size() > y.size()) std::swap(x, y);
  return std::includes(y.begin(), y.end(), x.begin(), x.end());
}

bool non_state(const std::string& code) {
  static const std::set<std::string> kCodes = {"", "IGO", "NGO", "ISM", "IMG", "MNC"};
  return kCodes.count(code) > 0;
}

std::string text_of(const json& value) { return value.is_string() ? value.get<std::string>() : ""; }

Span span_of(const json& value, const dragoman::base::CodePoints& points) {
  return {points.to_byte(value.at(0).get<uint32_t>()), points.to_byte(value.at(1).get<uint32_t>())};
}

Form form_of(std::string_view text) {
  const auto words = dragoman::linking::words_of(text);
  if (words.size() == 1 && dragoman::linking::is_pronoun(words[0].lower) && text != "US") return Form::kPronoun;
  for (size_t k = 0; k < words.size(); ++k) {
    const bool article = k == 0 && (words[k].lower == "the" || words[k].lower == "a" || words[k].lower == "an");
    if (words[k].capital && !article && (k > 0 || words.size() == 1 || words[1].capital)) return Form::kName;
  }
  return Form::kNominal;
}

// The gold tells no kind of mention and a reader does. Stood in for by looks: two or three capitalised words at
// the end, none of them known as a country or body nor a noun of bodies, are a person; a known name is its kind.
MentionKind kind_of(std::string_view text, Form form, const dragoman::knowledge::Knowledge& knowledge) {
  const auto words = dragoman::linking::words_of(text);
  if (form != Form::kName || words.empty()) return MentionKind::kOther;
  size_t first = words.size();
  while (first > 0 && words[first - 1].capital) --first;
  for (size_t k = first; k < words.size(); ++k) {
    const std::string_view rest = text.substr(words[k].span.begin, words.back().span.end - words[k].span.begin);
    const auto readings = knowledge.named(rest);
    if (!readings.empty() && readings.front().entry->kind == dragoman::knowledge::EntryKind::kPerson)
      return MentionKind::kPerson;
    if (!readings.empty() && readings.front().entry->kind != dragoman::knowledge::EntryKind::kCity)
      return readings.front().entry->kind == dragoman::knowledge::EntryKind::kOrganization ? MentionKind::kOrganization
                                                                                           : MentionKind::kPlace;
    const auto role = knowledge.role(dragoman::base::lower_ascii(rest));
    if (role && role->kind == "organization") return MentionKind::kOrganization;
  }
  const size_t count = words.size() - first;
  const bool capitals = dragoman::knowledge::all_capitals(dragoman::knowledge::fold(text));
  return !capitals && (count == 2 || count == 3 || (count > 3 && words.size() > count)) ? MentionKind::kPerson
                                                                                        : MentionKind::kOther;
}

void add_sentences(Analysis& analysis, const std::string& text) {
  uint32_t begin = 0;
  for (uint32_t k = 0; k < text.size(); ++k) {
    const bool stop = text[k] == '.' || text[k] == '!' || text[k] == '?';
    const bool ends = text[k] == '\n' || (stop && k + 2 < text.size() && text[k + 1] == ' ' &&
                                          dragoman::base::is_ascii_upper(text[k + 2]) && k > 2 && text[k - 2] != ' ' &&
                                          text[k - 2] != '.');
    if (!ends) continue;
    if (k + 1 > begin + 1) analysis.sentences.push_back({begin, k + 1});
    begin = k + 1;
  }
  if (begin < text.size()) analysis.sentences.push_back({begin, static_cast<uint32_t>(text.size())});
}

// Names as a reader would mark them: runs of capitalised words that do not open a sentence alone.
void add_visible_names(std::map<Span, Mention>& mentions, const std::string& text,
                       const dragoman::knowledge::Knowledge& knowledge) {
  const auto words = dragoman::linking::words_of(text);
  for (size_t k = 0; k < words.size(); ++k) {
    if (!words[k].capital) continue;
    size_t end = k + 1;
    while (end < words.size() && words[end].capital && words[end].joined() && !words[end - 1].possessive) ++end;
    const bool opens = words[k].before == '.' || words[k].before == '\n' || words[k].before == '"';
    static const std::string_view kOpeners =
        " the a an on in at for to of and but or so if when while after before since as with by from under over during"
        " i i'm it it's he she they we you we're his her their our my this that these those there here what who why how"
        " where which not no yes also now then today yesterday monday tuesday wednesday thursday friday saturday sunday"
        " january february march april june july august september october november december ";
    if (dragoman::linking::listed(kOpeners, words[k].lower)) continue;
    if (end - k > 1 || !opens) {
      const Span span{words[k].span.begin, words[end - 1].span.end};
      const Mention mention{span, span, Form::kName, kind_of(span.of(text), Form::kName, knowledge), 1.0F};
      if (const auto role = knowledge.role(dragoman::base::lower_ascii(span.of(text)));
          role && role->words == end - k) {
        k = end - 1;  // a bare title
        continue;
      }
      bool covered = false;
      for (auto at = mentions.begin(); at != mentions.end() && at->first.begin <= span.begin; ++at)
        covered = covered || at->first.contains(span);
      if (!covered) mentions.emplace(span, mention);
    }
    k = end - 1;
  }
}

// Which state the text is taken to be about, against the one that most gold participants belong to.
bool show_context(const std::string& id, const Article& article, const std::vector<Gold>& golds,
                  const dragoman::knowledge::Knowledge& knowledge) {
  std::map<std::string, int> counts;
  for (const Gold& gold : golds) ++counts[gold.country];
  std::string most;
  for (const auto& [country, count] : counts)
    if (!non_state(country) && (most.empty() || count > counts[most])) most = country;
  const auto words = dragoman::linking::words_of(article.text);
  const dragoman::linking::NameFinder finder(article, words, knowledge, dragoman::linking::Context::day_of(article));
  const dragoman::linking::UnlistedStates unlisted(article.text, words, finder, knowledge);
  const dragoman::linking::Context context(article, words, finder, unlisted, knowledge);
  if (most.empty() || context.main() == most) return true;
  std::printf("text %s gold %s taken %s:", id.c_str(), most.c_str(), context.main().c_str());
  for (const auto& hit : finder.hits())
    std::printf(" %s=%s",
                std::string(article.text.substr(words[hit.first].span.begin,
                                                words[hit.last - 1].span.end - words[hit.first].span.begin))
                    .c_str(),
                std::string(hit.entry->country).c_str());
  std::printf("\n");
  return false;
}

struct Tally {
  int all = 0, country = 0, sector = 0, name = 0, rule = 0, speakers = 0, speaker_names = 0;
  void print(const char* label) const {
    const auto share = [](int part, int whole) { return whole ? static_cast<double>(part) / whole : 0.0; };
    std::printf(
        "%-8s n %6d  country %.3f  country+name rule %.3f  first sector %.3f  any name %.3f  speaker name %.3f (%d)\n",
        label, all, share(country, all), share(rule, all), share(sector, all), share(name, all),
        share(speaker_names, speakers), speakers);
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: link_eval DATA GOLD.jsonl [--errors N] [--form FORM] [--locate]\n");
    return 2;
  }
  int errors = 0, texts = 0, contexts_right = 0;
  std::string only;
  for (int k = 3; k + 1 < argc; k += 2) {
    if (std::string(argv[k]) == "--errors") errors = std::stoi(argv[k + 1]);
    if (std::string(argv[k]) == "--form") only = argv[k + 1];
  }
  const auto knowledge = dragoman::knowledge::Knowledge::open(argv[1]);
  std::optional<dragoman::knowledge::Gazetteer> gazetteer;
  if (std::string(argv[argc - 1]) == "--locate") gazetteer = dragoman::knowledge::Gazetteer::open(argv[1]);
  std::map<std::string, Tally> tallies;
  std::map<std::string, std::pair<int, int>> rules;
  std::ifstream in(argv[2]);
  for (std::string line; std::getline(in, line);) {
    const json document = json::parse(line);
    Article article;
    article.text = document.at("text").get<std::string>();
    article.url = text_of(document.value("url", json()));
    if (const std::string day = text_of(document.value("published", json())); !day.empty())
      article.published = dragoman::Date{day, dragoman::Precision::kDay, "metadata", std::nullopt};
    article.blocks.push_back({dragoman::BlockKind::kTitle,
                              {0, static_cast<uint32_t>(std::min(article.text.find('\n'), article.text.size()))}});
    const dragoman::base::CodePoints points(article.text);
    Analysis analysis;
    add_sentences(analysis, article.text);
    std::vector<Gold> golds;
    const auto take = [&](const json& p, bool speaker) {
      if (!p.is_object() || !p.contains("span") || !p["span"].is_array()) return;
      Gold gold{span_of(p["span"], points), text_of(p["name"]), text_of(p["country"]), {}, speaker};
      for (const auto& code : p.value("sectors", json::array())) gold.sectors.push_back(code.get<std::string>());
      golds.push_back(std::move(gold));
    };
    for (const auto& event : document["events"])
      for (const char* role : {"actors", "recipients"})
        for (const auto& p : event[role]) take(p, false);
    for (const auto& statement : document.value("statements", json::array())) {
      dragoman::Utterance utterance;
      utterance.content = span_of(statement["span"], points);
      if (statement["speaker"].is_object()) {
        take(statement["speaker"], true);
        if (statement["speaker"].contains("span") && statement["speaker"]["span"].is_array())
          utterance.speaker = span_of(statement["speaker"]["span"], points);
      }
      analysis.utterances.push_back(utterance);
    }
    std::map<Span, Mention> mentions;
    for (const Gold& gold : golds) {
      const auto text = gold.span.of(article.text);
      mentions.emplace(gold.span,
                       Mention{gold.span, gold.span, form_of(text), kind_of(text, form_of(text), knowledge), 1.0F});
    }
    add_visible_names(mentions, article.text, knowledge);
    for (const auto& [span, mention] : mentions) analysis.mentions.push_back(mention);
    std::sort(analysis.mentions.begin(), analysis.mentions.end(), [](const Mention& a, const Mention& b) {
      return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
    if (errors > 0)
      contexts_right += show_context(document["id"].get<std::string>(), article, golds, knowledge), ++texts;
    auto links = dragoman::linking::link(article, analysis, knowledge);
    if (gazetteer) dragoman::linking::locate(article.text, analysis, knowledge, *gazetteer, links);
    for (const Gold& gold : golds) {
      const std::string form = dragoman::to_string(form_of(gold.span.of(article.text)));
      bool country = false, name = false, rule = false, sector = false;
      std::string got, why;
      for (const uint32_t id : links.at(analysis, gold.span)) {
        const auto& entity = links.entities[id];
        const bool same = entity.country == gold.country, named = same_name(entity.name, gold.name);
        country = country || same;
        name = name || named;
        rule = rule || (same && (!non_state(gold.country) || named));
        const std::string own = entity.sectors.empty() ? "" : entity.sectors.front();
        sector = sector || own == (gold.sectors.empty() ? "" : gold.sectors.front());
        got += entity.name + "/" + entity.country + "/" + own + " ";
        for (const auto& mention : entity.mentions)
          if (mention.span == gold.span) why = mention.reason.rule;
      }
      for (const std::string& label : {std::string("all"), form}) {
        Tally& tally = tallies[label];
        ++tally.all;
        tally.country += country;
        tally.sector += sector;
        tally.name += name;
        tally.rule += rule;
        tally.speakers += gold.speaker;
        tally.speaker_names += gold.speaker && (gold.name.empty() ? country : name);
      }
      ++rules[why].first;
      rules[why].second += rule;
      const bool wrong = !rule || (gold.speaker && !name);
      if (wrong && errors > 0 && (only.empty() || only == form)) {
        --errors;
        std::printf("%s %s%s '%.*s' gold %s/%s got %s[%s]\n", document["id"].get<std::string>().c_str(), form.c_str(),
                    gold.speaker ? "*" : "", static_cast<int>(gold.span.size()), article.text.data() + gold.span.begin,
                    gold.name.c_str(), gold.country.c_str(), got.c_str(), why.c_str());
      }
    }
  }
  if (texts > 0) std::printf("main country right in %d of %d texts\n", contexts_right, texts);
  for (const auto& [why, counts] : rules)
    std::printf("  %-20s n %5d  right %.3f\n", why.c_str(), counts.first,
                static_cast<double>(counts.second) / counts.first);
  for (const auto& [label, tally] : tallies) tally.print(label.c_str());
  return 0;
}
