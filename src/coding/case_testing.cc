// SPDX-License-Identifier: Apache-2.0
#include "coding/case_testing.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "base/text.h"

namespace dragoman::coding::testing {
namespace {

using base::split;
using base::trim;

[[noreturn]] void fail(const std::string& message) { throw std::runtime_error(message); }

class Reader {
 public:
  explicit Reader(Case& out) : out_(out) {}

  void text(std::string_view value) {
    std::string text(value);
    for (size_t at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at)) text.replace(at, 2, "\n");
    out_.article.text = text;
    uint32_t begin = 0;
    for (uint32_t at = 0; at <= text.size(); ++at) {
      if (at < text.size() && text[at] != '\n') continue;
      if (at > begin) paragraph({begin, at});
      begin = at + 1;
    }
  }

  // "Norland = Norland | NRL | GOV | country": words of the text = name | country | sectors | kind | rule
  void mention(std::string_view value) {
    const size_t equals = value.find(" = ");
    if (equals == std::string_view::npos) fail("a mention needs ' = '");
    std::vector<uint32_t> ids;
    for (std::string_view one : split(value.substr(equals + 3), ';')) {
      const auto cells = split(one, '|');
      Entity& entity = out_.links.entities[id_of(std::string(trim(cells[0])))];
      if (cells.size() > 1) entity.country = trim(cells[1]);
      if (cells.size() > 2) {
        entity.sectors.clear();
        for (std::string_view s : split(trim(cells[2]), ' '))
          if (!s.empty()) entity.sectors.emplace_back(s);
      }
      if (cells.size() > 3 && !trim(cells[3]).empty()) {
        const auto kind = entity_kind_from(trim(cells[3]));
        if (!kind) fail("no such kind: " + std::string(cells[3]));
        entity.kind = *kind;
      }
      if (cells.size() > 4) rules_[entity.name] = trim(cells[4]);
      ids.push_back(id_of(std::string(trim(cells[0]))));
    }
    of_[find(value.substr(0, equals))] = ids;
  }

  // "accused ACCUSE/allege actual | actor Norland | theme of shelling"
  void trigger(std::string_view value) {
    const auto parts = split(value, '|');
    std::vector<std::string_view> head;
    for (std::string_view word : split(trim(parts[0]), ' ')) head.push_back(word);
    if (head.size() < 3) fail("a trigger is words TYPE status");
    Trigger t;
    const std::string_view kind = head[head.size() - 2];
    const size_t slash = std::min(kind.find('/'), kind.size());
    const auto type = event_type_from(kind.substr(0, slash));
    const auto status = status_from(head.back());
    if (!type || !status) fail("no such type or status: " + std::string(parts[0]));
    t.type = *type, t.status = *status;
    t.type_scores[static_cast<size_t>(t.type)] = 0.9F;
    if (slash < kind.size()) {
      for (std::string_view mode : split(kind.substr(slash + 1), ',')) t.modes.emplace_back(mode);
    }
    const std::string_view all = trim(parts[0]);
    t.span = find(all.substr(0, static_cast<size_t>(kind.data() - all.data())));
    for (size_t p = 1; p < parts.size(); ++p) filler(t, trim(parts[p]));
    t.sentence = out_.analysis.sentence_at(t.span.begin);
    out_.analysis.triggers.push_back(std::move(t));
  }

  // "words said | cue said | speaker Norland"
  void utterance(std::string_view value) {
    const auto parts = split(value, '|');
    Utterance u;
    u.content = find(parts[0]);
    u.score = 0.8F;
    for (size_t p = 1; p < parts.size(); ++p) {
      const std::string_view part = trim(parts[p]);
      if (part.starts_with("cue "))
        u.cue = find(part.substr(4));
      else if (part.starts_with("speaker "))
        u.speaker = named(part.substr(8));
      else
        fail("an utterance has cue and speaker, not: " + std::string(part));
    }
    u.sentence = out_.analysis.sentence_at(u.content.begin);
    out_.analysis.utterances.push_back(u);
  }

  void finish() {
    words();
    std::vector<Span> spans;
    for (const auto& [span, of] : of_) spans.push_back(span);
    std::sort(spans.begin(), spans.end(),
              [](Span a, Span b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
    for (const Span span : spans) {
      const bool name = base::is_ascii_upper(span.of(out_.article.text).front());
      out_.analysis.mentions.push_back({.span = span, .head = span, .form = name ? Form::kName : Form::kNominal});
      out_.links.of.push_back(of_[span]);
      for (const uint32_t id : of_[span]) {
        Entity& entity = out_.links.entities[id];
        entity.mentions.push_back({span, Form::kName, {rules_[entity.name], "", "", ""}});
      }
    }
    std::stable_sort(out_.analysis.triggers.begin(), out_.analysis.triggers.end(),
                     [](const Trigger& a, const Trigger& b) { return a.span < b.span; });
  }

 private:
  // Sentences end at ". ", "! ", "? " and at the paragraph's end; a mark may follow the stop.
  void paragraph(Span block) {
    out_.article.blocks.push_back({BlockKind::kParagraph, block});
    const std::string& text = out_.article.text;
    uint32_t begin = block.begin;
    for (uint32_t at = begin; at < block.end; ++at) {
      const bool space = text[at] == ' ' && at > begin;
      const bool upper = at + 1 < block.end && !('a' <= text[at + 1] && text[at + 1] <= 'z');
      const size_t stop = text.find_last_of(".!?", at);
      if (!(space && upper && stop != std::string::npos && stop + 4 >= at && stop >= begin &&
            text.find_first_of("abcdefghijklmnopqrstuvwxyz,", stop) > at))
        continue;
      out_.analysis.sentences.push_back({begin, at});
      begin = at + 1;
    }
    out_.analysis.sentences.push_back({begin, block.end});
  }

  void words() {
    const std::string& text = out_.article.text;
    const auto letter = [&](uint32_t at) { return base::is_ascii_alpha(text[at]) || base::is_ascii_digit(text[at]); };
    for (uint32_t at = 0; at < text.size(); ++at) {
      uint32_t end = at;
      while (end < text.size() && letter(end)) ++end;
      if (end > at) out_.analysis.words.push_back({at, end}), at = end;
    }
  }

  // "words" or "words#2" for their second place in the text.
  Span find(std::string_view words) const {
    words = trim(words);
    int place = 1;
    if (const size_t hash = words.find('#'); hash != std::string_view::npos) {
      place = words[hash + 1] - '0';
      words = words.substr(0, hash);
    }
    size_t at = std::string::npos;
    for (int p = 0; p < place; ++p) at = out_.article.text.find(words, at + 1);
    if (at == std::string::npos) fail("the text does not hold '" + std::string(words) + "'");
    return {static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())};
  }

  // A filler that no mention line names is an entity of its own words.
  Span named(std::string_view words) {
    const Span span = find(words);
    if (!of_.contains(span)) of_[span] = {id_of(std::string(span.of(out_.article.text)))};
    return span;
  }

  void filler(Trigger& t, std::string_view part) {
    const size_t space = std::min(part.find(' '), part.size());
    const std::string_view role = part.substr(0, space);
    std::string_view words = part.substr(std::min(space + 1, part.size()));
    float score = 1.0F;
    if (const size_t open = words.rfind(" ("); open != std::string_view::npos && words.ends_with(")")) {
      score = std::stof(std::string(words.substr(open + 2)));
      words = words.substr(0, open);
    }
    for (const Role r : {Role::kActor, Role::kRecipient, Role::kTheme, Role::kPlace, Role::kDate}) {
      if (role != to_string(r)) continue;
      const bool who = r == Role::kActor || r == Role::kRecipient;
      t.fillers.push_back({r, who ? named(words) : find(words), score});
      return;
    }
    if (role == "historical")
      t.historical = 1;
    else
      fail("no such role: " + std::string(role));
  }

  uint32_t id_of(const std::string& name) {
    auto& entities = out_.links.entities;
    for (uint32_t e = 0; e < entities.size(); ++e) {
      if (entities[e].name == name) return e;
    }
    Entity entity;
    entity.name = name;
    entities.push_back(std::move(entity));
    return static_cast<uint32_t>(entities.size() - 1);
  }

  Case& out_;
  std::map<Span, std::vector<uint32_t>> of_;
  std::map<std::string, std::string> rules_;  // by name
};

std::string names(const std::vector<Participant>& who, const Case& of) {
  std::vector<std::string> out;
  for (const Participant& p : who) out.push_back(of.links.entities[p.entity].name);
  return base::join(out, ", ");
}

std::string sources(const std::vector<Source>& chain, const Case& of) {
  std::vector<std::string> out;
  for (const Source& s : chain) out.push_back(of.links.entities[s.entity].name + " (" + to_string(s.kind) + ")");
  return out.empty() ? "nobody" : base::join(out, ", ");
}

std::string codes(const std::vector<Participant>& who) {
  std::vector<std::string> out;
  for (const Participant& p : who) out.push_back(std::string(trim(p.country + " " + base::join(p.sectors, " "))));
  return base::join(out, ", ");
}

// The keys of "… | by X | about 2" after the first part.
std::vector<std::string> keys_of(std::string_view like) {
  std::vector<std::string> keys;
  const auto parts = split(like, '|');
  for (size_t p = 1; p < parts.size(); ++p) {
    const std::string_view part = trim(parts[p]);
    keys.emplace_back(part.substr(0, std::min(part.find(' '), part.size())));
  }
  return keys;
}

std::string number(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  return text.back() == '.' ? text.substr(0, text.size() - 1) : text;
}

std::string detail(const std::string& key, const Event& event, const Coded& coded, const Case& of) {
  if (key == "by") return sources(event.attribution, of);
  if (key == "about") return event.about ? std::to_string(*event.about + 1) : "none";
  if (key == "contexts") return base::join(event.contexts, " ");
  if (key == "cameo") return event.cameo;
  if (key == "quad") return event.quad;
  if (key == "score") return number(event.score);
  if (key == "rule") return event.rule;
  if (key == "trigger") return std::string(event.trigger.of(of.article.text));
  if (key == "historical") return event.historical ? "yes" : "no";
  if (key == "date") return event.date ? event.date->value : "none";
  if (key == "actors") return codes(event.actors);
  if (key == "recipients") return codes(event.recipients);
  if (key == "place") return event.locations.empty() ? "none" : event.locations.front().name;
  if (key == "theme") return event.theme ? std::string(event.theme->of(of.article.text)) : "none";
  if (key == "quantities") return std::to_string(event.quantities.size());
  if (key == "positions") {
    std::vector<std::string> out;
    for (const Position& p : coded.positions) {
      out.push_back(of.links.entities[p.holder].name + " " + p.issue + " " + to_string(p.stance));
    }
    return base::join(out, ", ");
  }
  fail("no such detail of an event: " + key);
}

}  // namespace

Case read_case(const std::vector<std::string>& lines) {
  Case out;
  Reader reader(out);
  for (const std::string& line : lines) {
    const size_t colon = std::min(line.find(':'), line.size());
    const std::string_view key = trim(std::string_view(line).substr(0, colon));
    const std::string_view value = trim(std::string_view(line).substr(std::min(colon + 1, line.size())));
    if (key == "case")
      out.name = value;
    else if (key == "text")
      reader.text(value);
    else if (key == "published")
      out.article.published = Date{std::string(value), Precision::kDay, "metadata", {}};
    else if (key == "mention")
      reader.mention(value);
    else if (key == "trigger")
      reader.trigger(value);
    else if (key == "utterance")
      reader.utterance(value);
    else if (key == "gives")
      out.gives.emplace_back(value);
    else if (key == "says")
      out.says.emplace_back(value);
    else
      fail("no such line in a case: " + line);
  }
  reader.finish();
  return out;
}

std::vector<Case> read_cases(const std::string& path) {
  std::ifstream in(path);
  if (!in) fail("cannot read " + path);
  std::vector<Case> cases;
  std::vector<std::string> lines;
  const auto close = [&] {
    if (!lines.empty()) cases.push_back(read_case(lines));
    lines.clear();
  };
  for (std::string line; std::getline(in, line);) {
    if (trim(line).empty())
      close();
    else if (line.front() != '#')
      lines.push_back(line);
  }
  close();
  return cases;
}

std::string describe(const Event& event, const Coded& coded, const Case& of, std::string_view like) {
  std::string out = to_string(event.type);
  const std::string_view first = like.substr(0, std::min(like.find(' '), like.size()));
  if (first.find('/') != std::string_view::npos) out += "/" + base::join(event.modes, ",");
  out +=
      std::string(" ") + to_string(event.status) + " " + names(event.actors, of) + " > " + names(event.recipients, of);
  out = trim(out);
  for (const std::string& key : keys_of(like)) out += " | " + key + " " + detail(key, event, coded, of);
  return out;
}

std::string describe(const Statement& statement, const Case& of, std::string_view like) {
  std::string out = std::string(to_string(statement.kind)) + " " +
                    (statement.speaker ? of.links.entities[statement.speaker->entity].name : "nobody") + ": " +
                    std::string(statement.content.of(of.article.text));
  for (const std::string& key : keys_of(like)) {
    if (key == "via")
      out += " | via " + sources(statement.via, of);
    else if (key == "act")
      out += " | act " + statement.act;
    else
      fail("no such detail of a statement: " + key);
  }
  return out;
}

}  // namespace dragoman::coding::testing
