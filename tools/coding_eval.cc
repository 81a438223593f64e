// SPDX-License-Identifier: Apache-2.0
// Shows what coding loses: gives it the triggers, roles, statements and entities of gold documents as if a
// perfect reader and linker had found them, and compares what comes out. Not installed.
//
//   coding_eval DATA GOLD.jsonl [--no-modes] [--hide-quotes] [--records]
//
// --no-modes takes the gold modes away, so that the word tables are measured; --hide-quotes every fourth
// utterance, to see what is found without the reader. --records prints the records
// (for score.py) instead of the comparison.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "base/utf8.h"
#include "coding/coder.h"
#include "document/check.h"
#include "dragoman/record.h"

namespace {

using namespace dragoman;
using nlohmann::json;

struct Share {
  size_t right = 0, coded = 0, gold = 0;
  void add(const std::set<std::string>& got, const std::set<std::string>& want) {
    coded += got.size(), gold += want.size();
    for (const std::string& item : got) right += want.count(item);
  }
  void print(const char* name) const {
    const double p = coded ? double(right) / double(coded) : 0, r = gold ? double(right) / double(gold) : 0;
    std::printf("%-22s P %.3f  R %.3f  F1 %.3f   gold %zu, coded %zu\n", name, p, r,
                p + r > 0 ? 2 * p * r / (p + r) : 0, gold, coded);
  }
};

std::string text_of(const json& object, const char* key) {
  return object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : std::string();
}

// Builds what reading and linking would give from one gold document.
class Builder {
 public:
  explicit Builder(const json& gold) : gold_(gold), points_(gold["text"].get_ref<const std::string&>()) {
    article.text = gold["text"];
    article.id = article_id(gold["id"], article.text);
    article.source = gold["id"];
    article.language = "en";
    if (gold["published"].is_string()) article.published = Date{gold["published"], Precision::kDay, "metadata", {}};
    add_blocks();
    add_sentences();
    for (const json& event : gold["events"]) add_trigger(event);
    for (const json& statement : gold["statements"]) add_utterance(statement);
    add_media();
    add_words();
    finish();
  }

  Article article;
  Analysis analysis;
  Links links;

  Span span(const json& pair) const { return {points_.to_byte(pair[0]), points_.to_byte(pair[1])}; }

 private:
  void add_blocks() {
    uint32_t begin = 0;
    const auto size = static_cast<uint32_t>(article.text.size());
    for (uint32_t at = 0; at <= size; ++at) {
      if (at < size && article.text[at] != '\n') continue;
      if (at > begin) article.blocks.push_back({BlockKind::kParagraph, {begin, at}});
      begin = at + 1;
    }
  }

  void add_sentences() {
    std::set<Span> known;
    for (const json& event : gold_["events"]) known.insert(span(event["sentence"]));
    std::vector<Span>& out = analysis.sentences;
    out.assign(known.begin(), known.end());
    for (const Block& block : article.blocks) {
      uint32_t begin = block.span.begin;
      for (uint32_t at = begin; at < block.span.end; ++at) {
        const bool stop = article.text[at] == '.' || article.text[at] == '?' || article.text[at] == '!';
        uint32_t end = at + 1;
        while (stop && end < block.span.end && article.text[end] != ' ') ++end;
        if (!(stop && end - at <= 4) && end < block.span.end) continue;
        const Span sentence{begin, end};
        if (std::none_of(known.begin(), known.end(), [&](Span s) { return s.overlaps(sentence); }))
          out.push_back(sentence);
        begin = at = end;
      }
    }
    std::sort(out.begin(), out.end());
  }

  uint32_t entity(const std::string& name, const json& who) {
    const auto [at, added] =
        ids_.try_emplace({name, text_of(who, "country")}, static_cast<uint32_t>(links.entities.size()));
    if (added) {
      Entity e;
      e.name = name, e.country = text_of(who, "country");
      if (who.contains("sectors")) e.sectors = who["sectors"].get<std::vector<std::string>>();
      links.entities.push_back(std::move(e));
    }
    return at->second;
  }

  Span mention(const json& who) {
    const Span at = span(who["span"]);
    std::vector<uint32_t>& of = of_[at];
    const uint32_t id = entity(who["name"], who);
    if (std::find(of.begin(), of.end(), id) == of.end()) of.push_back(id);
    return at;
  }

  // The gold that was made first has no spans of mentions: its participants are left out.
  void add_filler(Trigger& trigger, Role role, const json& who) {
    if (who.contains("span") && who["span"].is_array()) trigger.fillers.push_back({role, mention(who)});
  }

  void add_trigger(const json& event) {
    Trigger t;
    t.span = span(event["span"]);
    t.type = *event_type_from(event["type"].get<std::string>());
    t.type_scores[static_cast<size_t>(t.type)] = 1;
    t.status = *status_from(event["status"].get<std::string>());
    t.historical = event["historical"].get<bool>() ? 1.0F : 0.0F;
    t.modes = event["modes"].get<std::vector<std::string>>();
    for (const json& who : event["actors"]) add_filler(t, Role::kActor, who);
    for (const json& who : event["recipients"]) add_filler(t, Role::kRecipient, who);
    if (event["theme"].is_array()) t.fillers.push_back({Role::kTheme, span(event["theme"])});
    if (event.contains("place") && event["place"].is_array()) t.fillers.push_back({Role::kPlace, span(event["place"])});
    t.sentence = analysis.sentence_at(span(event["sentence"]).begin);
    analysis.triggers.push_back(std::move(t));
  }

  void add_utterance(const json& statement) {
    Utterance u;
    u.content = span(statement["span"]);
    if (statement.contains("cue_span") && statement["cue_span"].is_array()) u.cue = span(statement["cue_span"]);
    if (statement["speaker"].is_object() && statement["speaker"].contains("span")) {
      const Span at = mention(statement["speaker"]);
      // A reader sees the speaker near the cue, not one that is carried on from an earlier quotation.
      const bool far = !u.cue && analysis.sentence_at(at.begin) != analysis.sentence_at(u.content.begin);
      if (!far) u.speaker = at;
    }
    u.sentence = analysis.sentence_at(u.content.begin);
    const bool known = std::any_of(analysis.utterances.begin(), analysis.utterances.end(), [&](const Utterance& o) {
      return o.content == u.content && o.speaker == u.speaker;
    });
    if (!known) analysis.utterances.push_back(u);
  }

  // Names that gold gives as `via` are made mentions wherever they stand; those that never speak are media.
  void add_media() {
    std::set<std::string> speakers, media;
    for (const json& s : gold_["statements"]) {
      if (s["speaker"].is_object()) speakers.insert(text_of(s["speaker"], "name"));
    }
    for (const json& s : gold_["statements"]) {
      for (const json& name : s["via"]) media.insert(name.get<std::string>());
    }
    for (const std::string& name : media) {
      for (size_t at = article.text.find(name); at != std::string::npos; at = article.text.find(name, at + 1)) {
        const Span found{static_cast<uint32_t>(at), static_cast<uint32_t>(at + name.size())};
        if (of_[found].empty()) of_[found].push_back(entity(name, json::object()));
        if (!speakers.count(name)) links.entities[of_[found].front()].kind = EntityKind::kMedia;
      }
    }
  }

  void add_words() {
    const auto letter = [&](uint32_t at) {
      return std::isalnum(static_cast<unsigned char>(article.text[at])) || (article.text[at] & 0x80);
    };
    for (uint32_t at = 0; at < article.text.size(); ++at) {
      uint32_t end = at;
      while (end < article.text.size() && letter(end)) ++end;
      if (end > at) analysis.words.push_back({at, end}), at = end;
    }
  }

  void finish() {
    std::vector<Span> spans;
    for (const auto& [at, of] : of_) spans.push_back(at);
    std::sort(spans.begin(), spans.end(),
              [](Span a, Span b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
    for (Entity& e : links.entities) e.mentions.clear();
    for (const Span at : spans) {
      analysis.mentions.push_back({.span = at, .head = at});
      links.of.push_back(of_[at]);
      for (const uint32_t id : of_[at])
        links.entities[id].mentions.push_back({.span = at, .form = Form::kName, .reason = {}});
    }
    std::stable_sort(analysis.triggers.begin(), analysis.triggers.end(),
                     [](const auto& a, const auto& b) { return a.span < b.span; });
  }

  const json& gold_;
  base::CodePoints points_;
  std::map<std::pair<std::string, std::string>, uint32_t> ids_;
  std::map<Span, std::vector<uint32_t>> of_;
};

std::string key(Span span, std::string_view what) {
  return std::to_string(span.begin) + "-" + std::to_string(span.end) + " " + std::string(what);
}

struct Comparison {
  Share attribution, modes, contexts, about, via, kinds, positions, dates;
  size_t with_cameo = 0, events = 0;

  void add(const json& gold, const Builder& built, const coding::Coded& coded) {
    std::set<std::string> got[8], want[8];
    const auto name = [&](uint32_t entity) { return built.links.entities[entity].name; };
    for (const Event& e : coded.events) {
      const std::string at = std::string(to_string(e.type));
      for (const Source& s : e.attribution) got[0].insert(key(e.trigger, at + name(s.entity)));
      for (const std::string& m : e.modes) got[1].insert(key(e.trigger, at + m));
      for (const std::string& c : e.contexts) got[2].insert(key(e.trigger, at + c));
      if (e.about) got[3].insert(key(e.trigger, key(coded.events[*e.about].trigger, "")));
      if (e.date && !e.historical) got[7].insert(key(e.trigger, at + e.date->value));
      ++events, with_cameo += !e.cameo.empty();
    }
    for (const json& e : gold["events"]) {
      const Span trigger = built.span(e["span"]);
      const std::string at = text_of(e, "type");
      for (const json& s : e["attribution"]) want[0].insert(key(trigger, at + s.get<std::string>()));
      for (const json& m : e["modes"]) want[1].insert(key(trigger, at + m.get<std::string>()));
      for (const json& c : e["contexts"]) want[2].insert(key(trigger, at + c.get<std::string>()));
      if (e["about"].is_number())
        want[3].insert(key(trigger, key(built.span(gold["events"][e["about"].get<size_t>()]["span"]), "")));
      if (e["date"].is_string() && !e["historical"].get<bool>())
        want[7].insert(key(trigger, at + e["date"].get<std::string>()));
    }
    for (const Statement& s : coded.statements) {
      const std::string who = s.speaker ? name(s.speaker->entity) : "";
      for (const Source& v : s.via) got[4].insert(std::to_string(s.content.begin) + who + " " + name(v.entity));
      got[5].insert(std::to_string(s.content.begin) + who + to_string(s.kind));
    }
    for (const json& s : gold["statements"]) {
      const Span at = built.span(s["span"]);
      const std::string who = s["speaker"].is_object() ? text_of(s["speaker"], "name") : "";
      for (const json& v : s["via"]) want[4].insert(std::to_string(at.begin) + who + " " + v.get<std::string>());
      want[5].insert(std::to_string(at.begin) + who + text_of(s, "kind"));
    }
    for (const Position& p : coded.positions) got[6].insert(name(p.holder) + " " + p.issue + " " + to_string(p.stance));
    if (gold.contains("positions")) {
      for (const json& p : gold["positions"])
        want[6].insert(text_of(p, "holder") + " " + text_of(p, "issue") + " " + text_of(p, "stance"));
    }
    Share* shares[8] = {&attribution, &modes, &contexts, &about, &via, &kinds, &positions, &dates};
    for (int i = 0; i < 8; ++i) shares[i]->add(got[i], want[i]);
  }

  void print() const {
    attribution.print("attribution"), modes.print("modes"), contexts.print("contexts"), about.print("about");
    via.print("via"), kinds.print("statement kind"), positions.print("positions"), dates.print("date, not historical");
    std::printf("events with CAMEO code %zu of %zu\n", with_cameo, events);
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "use: coding_eval DATA GOLD.jsonl [--no-modes] [--hide-quotes] [--records]\n";
    return 2;
  }
  const std::string data = argv[1];
  const std::set<std::string> flags(argv + 3, argv + argc);
  const auto ontology = knowledge::Ontology::load(data + "/ontology");
  const coding::Coder coder(ontology, data);
  Comparison comparison;
  std::ifstream in(argv[2]);
  for (std::string line; std::getline(in, line);) {
    const json gold = json::parse(line);
    Builder built(gold);
    if (flags.count("--no-modes")) {
      for (Trigger& t : built.analysis.triggers) t.modes.clear();
    }
    if (flags.count("--hide-quotes")) {
      auto& all = built.analysis.utterances;
      for (size_t u = all.size(); u-- > 0;) {
        if (u % 4 == 0) all.erase(all.begin() + static_cast<std::ptrdiff_t>(u));
      }
    }
    coding::Coded coded = coder.code(built.article, built.analysis, built.links);
    comparison.add(gold, built, coded);
    if (flags.count("--records")) {
      Record record;
      record.article = built.article;
      record.sentences = built.analysis.sentences;
      record.entities = built.links.entities;
      record.events = coded.events, record.statements = coded.statements, record.quantities = coded.quantities;
      record.instruments = coded.instruments, record.positions = coded.positions;
      for (const std::string& fault : check(record)) std::cerr << gold["id"] << ": " << fault << "\n";
      std::cout << to_json(record) << "\n";
    }
  }
  if (!flags.count("--records")) comparison.print();
  return 0;
}
