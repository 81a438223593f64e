// SPDX-License-Identifier: Apache-2.0
#include "document/check.h"

#include "base/utf8.h"

namespace dragoman {
namespace {

class Checker {
 public:
  explicit Checker(const Record& record) : record_(record), text_(record.article.text) {}

  std::vector<std::string> run() {
    if (base::first_invalid_utf8(text_) != base::kValid) {
      fault("the text is no UTF-8");
      return std::move(faults_);  // no span can be judged on such a text
    }
    article();
    in_order("sentence", record_.sentences);
    each("entity", record_.entities, [&](const Entity& entity) { check_entity(entity); });
    each("event", record_.events, [&](const Event& event) { check_event(event); });
    each("statement", record_.statements, [&](const Statement& statement) { check_statement(statement); });
    each("quantity", record_.quantities, [&](const Quantity& quantity) { filled("words", quantity.span); });
    each("instrument", record_.instruments, [&](const Instrument& instrument) { check_instrument(instrument); });
    each("position", record_.positions, [&](const Position& position) { check_position(position); });
    each("time expression", record_.dates, [&](const TimeMention& time) { filled("its words", time.span); });
    return std::move(faults_);
  }

 private:
  void fault(const std::string& what) { faults_.push_back(where_.empty() ? what : where_ + ": " + what); }

  template <class T, class Check>
  void each(const char* name, const std::vector<T>& values, const Check& one) {
    for (size_t i = 0; i < values.size(); ++i) {
      where_ = std::string(name) + " " + std::to_string(i + 1);
      one(values[i]);
    }
    where_.clear();
  }

  bool border(uint32_t at) const {
    return at == text_.size() || (static_cast<unsigned char>(text_[at]) & 0xC0) != 0x80;
  }

  bool good(const std::string& what, Span span) {
    if (span.begin > span.end || span.end > text_.size()) {
      fault(what + " [" + std::to_string(span.begin) + ", " + std::to_string(span.end) + ") lie outside the text");
      return false;
    }
    if (!border(span.begin) || !border(span.end)) {
      fault(what + " [" + std::to_string(span.begin) + ", " + std::to_string(span.end) + ") cut a character");
      return false;
    }
    return true;
  }
  void good(const std::string& what, const std::optional<Span>& span) {
    if (span) filled(what, *span);
  }
  void filled(const std::string& what, Span span) {
    if (good(what, span) && span.empty()) fault(what + " are empty");
  }

  void in_order(const std::string& name, const std::vector<Span>& spans) {
    uint32_t end = 0;
    each(name.c_str(), spans, [&](Span span) {
      filled("its bytes", span);
      if (span.begin < end) fault("it begins before the one before it ends");
      end = span.end;
    });
  }

  void index(const char* what, size_t value, size_t size) {
    if (value >= size) fault(std::string(what) + " " + std::to_string(value + 1) + " is not there");
  }
  void indices(const char* what, const std::vector<uint32_t>& values, size_t size) {
    for (const uint32_t value : values) index(what, value, size);
  }
  void entity(uint32_t value) { index("entity", value, record_.entities.size()); }
  void probability(const char* what, double value) {
    if (!(value >= 0 && value <= 1)) fault(std::string(what) + " is no probability");
  }

  void article() {
    std::vector<Span> blocks;
    for (const Block& block : record_.article.blocks) blocks.push_back(block.span);
    in_order("block", blocks);
    if (record_.article.id.empty()) fault("the document has no id");
  }

  void check_entity(const Entity& entity) {
    if (entity.name.empty()) fault("it has no name");
    if (entity.mentions.empty()) fault("it has no mention");
    for (const EntityMention& mention : entity.mentions) filled("the words of a mention", mention.span);
  }

  void participant(const Participant& participant) {
    entity(participant.entity);
    filled("the words of a participant", participant.span);
    probability("the score of a participant", participant.score);
  }
  void sources(const std::vector<Source>& sources) {
    for (const Source& source : sources) {
      entity(source.entity);
      good("the words of a source's cue", source.cue);
    }
  }
  void date(const std::optional<Date>& date) {
    if (!date) return;
    if (date->value.empty()) fault("its date has no value");
    good("the words of the date", date->span);
  }

  void check_event(const Event& event) {
    for (const Participant& one : event.actors) participant(one);
    for (const Participant& one : event.recipients) participant(one);
    good("the words of the theme", event.theme);
    if (event.about) index("event", *event.about, record_.events.size());
    for (const Location& location : event.locations) filled("the words of a place", location.span);
    date(event.date);
    sources(event.attribution);
    indices("instrument", event.instruments, record_.instruments.size());
    indices("quantity", event.quantities, record_.quantities.size());
    filled("the words of the trigger", event.trigger);
    index("sentence", event.sentence, record_.sentences.size());
    probability("the confidence", event.confidence);
    for (const float score : event.type_scores) probability("the score of a type", score);
    for (const float score : event.status_scores) probability("the score of a status", score);
    for (const RoleFiller& filler : event.account.fillers) filled("the words that fill a role", filler.span);
  }

  void check_statement(const Statement& statement) {
    if (statement.speaker) participant(*statement.speaker);
    for (const Participant& one : statement.addressees) participant(one);
    good("the words of the cue", statement.cue);
    filled("the words of the content", statement.content);
    sources(statement.via);
    date(statement.date);
    index("sentence", statement.sentence, record_.sentences.size());
    probability("the confidence", statement.confidence);
  }

  void check_instrument(const Instrument& instrument) {
    if (instrument.name.empty()) fault("it has no name");
    if (instrument.owner) entity(*instrument.owner);
    for (const Span mention : instrument.mentions) filled("the words of a mention", mention);
  }

  void check_position(const Position& position) {
    entity(position.holder);
    if (position.object) entity(*position.object);
    indices("event", position.events, record_.events.size());
    indices("statement", position.statements, record_.statements.size());
  }

  const Record& record_;
  std::string_view text_;
  std::string where_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> check(const Record& record) { return Checker(record).run(); }

}  // namespace dragoman
