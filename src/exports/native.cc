// SPDX-License-Identifier: Apache-2.0
// Long tables: one a kind of thing, keyed by document and ordinal as in the store.
#include "exports/profile.h"

namespace dragoman::exports {
namespace {

template <class T>
struct Item {
  const Document& document;
  size_t index;
  const T& value;
  std::string key() const { return std::to_string(index + 1); }
};

struct Part {  // a participant of an event
  EventView of;
  const char* role;
  const Participant& one;
};

std::string truth(bool value) { return value ? "true" : "false"; }

template <class T>
std::vector<Column<Item<T>>> keyed(const char* key_says, std::vector<Column<Item<T>>> more) {
  std::vector<Column<Item<T>>> all = {
      {"document", "string", "Id of the document", [](const Item<T>& it) { return it.document.article().id; }},
      {"ordinal", "integer", key_says, [](const Item<T>& it) { return it.key(); }}};
  for (auto& column : more) all.push_back(std::move(column));
  return all;
}

std::vector<Column<Document>> document_columns() {
  return {
      {"document", "string", "Id: the same on every machine", [](const Document& d) { return d.article().id; }},
      {"source", "string", "File, URL or id it was read from", [](const Document& d) { return d.article().source; }},
      {"url", "string", "", [](const Document& d) { return d.article().url; }},
      {"title", "string", "", [](const Document& d) { return d.article().title; }},
      {"publisher", "string", "", [](const Document& d) { return d.article().publisher; }},
      {"authors", "string", "Joined by \"; \"", [](const Document& d) { return joined(d.article().authors); }},
      {"published", "string", "ISO 8601, at the precision known", [](const Document& d) { return d.published(); }},
      {"language", "string", "BCP 47", [](const Document& d) { return d.article().language; }},
      {"engine", "string", "Version of the program", [](const Document& d) { return d.record.origin.engine; }},
      {"model", "string", "", [](const Document& d) { return d.record.origin.model; }},
      {"knowledge", "string", "", [](const Document& d) { return d.record.origin.knowledge; }}};
}

std::vector<Column<EventView>> event_columns() {
  return {
      {"id", "string", "Document and ordinal: unique", [](const EventView& v) { return v.id(); }},
      {"document", "string", "Id of the document", [](const EventView& v) { return v.document.article().id; }},
      {"date", "string", "ISO 8601; empty where the text does not tell it",
       [](const EventView& v) { return v.event.date ? v.event.date->value : ""; }},
      {"date_precision", "string", "",
       [](const EventView& v) { return v.event.date ? std::string(to_string(v.event.date->precision)) : ""; }},
      {"date_basis", "string", "", [](const EventView& v) { return v.event.date ? v.event.date->basis : ""; }},
      {"type", "string", "PLOVER event type", [](const EventView& v) { return std::string(to_string(v.event.type)); }},
      {"modes", "string", "Joined by \"; \"", [](const EventView& v) { return joined(v.event.modes); }},
      {"contexts", "string", "Joined by \"; \"", [](const EventView& v) { return joined(v.event.contexts); }},
      {"cameo", "string", "Finest CAMEO code that the text supports", [](const EventView& v) { return v.event.cameo; }},
      {"quad", "string", "", [](const EventView& v) { return v.event.quad; }},
      {"score", "number", "PLOVER's score, -10 conflict to 10 cooperation",
       [](const EventView& v) { return decimal(v.event.score); }},
      {"status", "string", "actual, future, hypothetical, negated or alleged",
       [](const EventView& v) { return std::string(to_string(v.event.status)); }},
      {"historical", "boolean", "Told as background", [](const EventView& v) { return truth(v.event.historical); }},
      {"theme", "string", "", [](const EventView& v) { return v.event.theme ? v.document.text(*v.event.theme) : ""; }},
      {"about", "string", "Id of the event that the theme tells",
       [](const EventView& v) { return v.event.about ? v.document.id_of_event(*v.event.about) : ""; }},
      {"trigger", "string", "The words that tell the act",
       [](const EventView& v) { return v.document.text(v.event.trigger); }},
      {"begin", "integer", "Of the trigger, in code points of the text",
       [](const EventView& v) { return v.document.begin(v.event.trigger); }},
      {"end", "integer", "", [](const EventView& v) { return v.document.end(v.event.trigger); }},
      {"sentence", "string", "", [](const EventView& v) { return v.sentence(); }},
      {"confidence", "number", "Probability that an act of this type is told there",
       [](const EventView& v) { return decimal(v.event.confidence); }}};
}

std::vector<Column<Part>> participant_columns() {
  return {
      {"event", "string", "Id of the event", [](const Part& p) { return p.of.id(); }},
      {"role", "string", "actor or recipient", [](const Part& p) { return std::string(p.role); }},
      {"entity", "integer", "Ordinal in entities", [](const Part& p) { return std::to_string(p.one.entity + 1); }},
      {"name", "string", "", [](const Part& p) { return p.of.entity(p.one).name; }},
      {"country", "string", "PLOVER country code in this clause", [](const Part& p) { return p.one.country; }},
      {"sectors", "string", "PLOVER sectors, joined by \"; \"", [](const Part& p) { return joined(p.one.sectors); }},
      {"text", "string", "The mention", [](const Part& p) { return p.of.document.text(p.one.span); }},
      {"begin", "integer", "", [](const Part& p) { return p.of.document.begin(p.one.span); }},
      {"end", "integer", "", [](const Part& p) { return p.of.document.end(p.one.span); }}};
}

std::vector<Column<Item<Entity>>> entity_columns() {
  using It = Item<Entity>;
  return keyed<Entity>("Place in the document's entities",
                       {{"name", "string", "", [](const It& it) { return it.value.name; }},
                        {"kind", "string", "", [](const It& it) { return std::string(to_string(it.value.kind)); }},
                        {"kb", "string", "Key in the knowledge", [](const It& it) { return it.value.kb; }},
                        {"country", "string", "PLOVER country code", [](const It& it) { return it.value.country; }},
                        {"sectors", "string", "", [](const It& it) { return joined(it.value.sectors); }},
                        {"role", "string", "Office or description", [](const It& it) { return it.value.role; }}});
}

std::vector<Column<Item<Statement>>> statement_columns() {
  using It = Item<Statement>;
  const auto speaker = [](const It& it) -> const Entity* {
    return it.value.speaker ? &it.document.record.entities.at(it.value.speaker->entity) : nullptr;
  };
  return keyed<Statement>(
      "Place in the document's statements",
      {{"kind", "string", "direct, indirect or mixed",
        [](const It& it) { return std::string(to_string(it.value.kind)); }},
       {"speaker", "string", "", [speaker](const It& it) { return speaker(it) ? speaker(it)->name : ""; }},
       {"country", "string", "The speaker's",
        [](const It& it) { return it.value.speaker ? it.value.speaker->country : ""; }},
       {"sectors", "string", "The speaker's",
        [](const It& it) { return it.value.speaker ? joined(it.value.speaker->sectors) : ""; }},
       {"act", "string", "say, deny, warn, …", [](const It& it) { return it.value.act; }},
       {"cue", "string", "", [](const It& it) { return it.value.cue ? it.document.text(*it.value.cue) : ""; }},
       {"content", "string", "", [](const It& it) { return it.document.text(it.value.content); }},
       {"begin", "integer", "", [](const It& it) { return it.document.begin(it.value.content); }},
       {"end", "integer", "", [](const It& it) { return it.document.end(it.value.content); }},
       {"confidence", "number", "", [](const It& it) { return decimal(it.value.confidence); }}});
}

std::string whole(const std::optional<int64_t>& value) { return value ? std::to_string(*value) : ""; }

std::vector<Column<Item<Quantity>>> quantity_columns() {
  using It = Item<Quantity>;
  return keyed<Quantity>(
      "Place in the document's quantities",
      {{"kind", "string", "", [](const It& it) { return std::string(to_string(it.value.kind)); }},
       {"value", "number", "", [](const It& it) { return decimal(it.value.value); }},
       {"low", "number", "", [](const It& it) { return it.value.range ? decimal(it.value.range->first) : ""; }},
       {"high", "number", "", [](const It& it) { return it.value.range ? decimal(it.value.range->second) : ""; }},
       {"unit", "string", "ISO 4217 of money, else the noun counted", [](const It& it) { return it.value.unit; }},
       {"votes_for", "integer", "", [](const It& it) { return whole(it.value.votes_for); }},
       {"votes_against", "integer", "", [](const It& it) { return whole(it.value.votes_against); }},
       {"votes_abstaining", "integer", "", [](const It& it) { return whole(it.value.votes_abstaining); }},
       {"text", "string", "", [](const It& it) { return it.document.text(it.value.span); }},
       {"begin", "integer", "", [](const It& it) { return it.document.begin(it.value.span); }},
       {"end", "integer", "", [](const It& it) { return it.document.end(it.value.span); }}});
}

std::vector<Column<Item<Instrument>>> instrument_columns() {
  using It = Item<Instrument>;
  return keyed<Instrument>(
      "Place in the document's instruments",
      {{"kind", "string", "", [](const It& it) { return std::string(to_string(it.value.kind)); }},
       {"name", "string", "", [](const It& it) { return it.value.name; }},
       {"mentions", "integer", "", [](const It& it) { return std::to_string(it.value.mentions.size()); }}});
}

std::vector<Column<Item<Position>>> position_columns() {
  using It = Item<Position>;
  return keyed<Position>(
      "Place in the document's positions",
      {{"holder", "string", "", [](const It& it) { return it.document.record.entities.at(it.value.holder).name; }},
       {"country", "string", "", [](const It& it) { return it.document.record.entities.at(it.value.holder).country; }},
       {"issue", "string", "Key of issues.tsv", [](const It& it) { return it.value.issue; }},
       {"stance", "string", "", [](const It& it) { return std::string(to_string(it.value.stance)); }},
       {"object", "string", "Whose policy or conduct it concerns",
        [](const It& it) { return it.value.object ? it.document.record.entities.at(*it.value.object).name : ""; }}});
}

// --- what the store makes of all documents together

struct StoryEvent {
  const Story& story;
  const std::string& event;
};

struct ValueOf {
  const Story& story;
  const StoryValue& value;
};

struct StepOf {
  const Storyline& line;
  const StorylineStep& step;
  size_t place;
  StorylineLink link;
};

struct LifeStep {
  const InstrumentHistory& of;
  const InstrumentStep& step;
};

std::vector<Column<Story>> story_columns() {
  return {
      {"story", "string", "Id", [](const Story& s) { return s.id; }},
      {"date", "string", "As most reports say", [](const Story& s) { return s.date; }},
      {"type", "string", "PLOVER event type", [](const Story& s) { return s.type; }},
      {"status", "string", "", [](const Story& s) { return s.status; }},
      {"actors", "string", "Joined by \"; \"", [](const Story& s) { return s.actors; }},
      {"actor_countries", "string", "In step with actors", [](const Story& s) { return s.actor_countries; }},
      {"recipients", "string", "", [](const Story& s) { return s.recipients; }},
      {"recipient_countries", "string", "", [](const Story& s) { return s.recipient_countries; }},
      {"place", "string", "", [](const Story& s) { return s.place; }},
      {"first_report", "string", "Day of publication", [](const Story& s) { return s.first_report; }},
      {"last_report", "string", "", [](const Story& s) { return s.last_report; }},
      {"n_reports", "integer", "Documents that tell it", [](const Story& s) { return std::to_string(s.n_reports); }},
      {"n_sources", "integer", "Copies of one text, and articles of one publisher, counted once",
       [](const Story& s) { return std::to_string(s.n_sources); }},
      {"storyline", "string", "", [](const Story& s) { return s.storyline; }},
      {"sentence", "string", "Of the surest report", [](const Story& s) { return s.sentence; }}};
}

std::vector<Column<StoryEvent>> story_event_columns() {
  return {{"story", "string", "", [](const StoryEvent& s) { return s.story.id; }},
          {"event", "string", "Id of an event that reports it", [](const StoryEvent& s) { return s.event; }}};
}

std::vector<Column<ValueOf>> value_columns() {
  return {
      {"story", "string", "", [](const ValueOf& v) { return v.story.id; }},
      {"field", "string", "date, status, actor, killed, …", [](const ValueOf& v) { return v.value.field; }},
      {"value", "string", "", [](const ValueOf& v) { return v.value.value; }},
      {"according_to", "string", "", [](const ValueOf& v) { return v.value.according_to; }},
      {"events", "string", "Ids of the events that say so", [](const ValueOf& v) { return joined(v.value.events); }}};
}

std::vector<Column<Storyline>> line_columns() {
  return {{"storyline", "string", "Id", [](const Storyline& l) { return l.id; }},
          {"first_day", "string", "Of publication", [](const Storyline& l) { return l.first_day; }},
          {"last_day", "string", "", [](const Storyline& l) { return l.last_day; }},
          {"countries", "string", "Most frequent first", [](const Storyline& l) { return l.countries; }},
          {"issues", "string", "Keys of issues.tsv, most frequent first", [](const Storyline& l) { return l.issues; }},
          {"n_stories", "integer", "", [](const Storyline& l) { return std::to_string(l.n_stories); }},
          {"n_documents", "integer", "", [](const Storyline& l) { return std::to_string(l.n_documents); }}};
}

std::vector<Column<StepOf>> line_step_columns() {
  return {{"storyline", "string", "", [](const StepOf& s) { return s.line.id; }},
          {"place", "integer", "In order of time", [](const StepOf& s) { return std::to_string(s.place); }},
          {"story", "string", "", [](const StepOf& s) { return s.step.story; }},
          {"reason", "string", "What ties it to an earlier story", [](const StepOf& s) { return s.link.reason; }},
          {"to", "string", "That story", [](const StepOf& s) { return s.link.to; }},
          {"detail", "string", "", [](const StepOf& s) { return s.link.detail; }}};
}

std::vector<Column<InstrumentHistory>> history_columns() {
  using I = InstrumentHistory;
  return {{"instrument", "string", "Id over all documents", [](const I& i) { return i.id; }},
          {"kind", "string", "", [](const I& i) { return i.kind; }},
          {"name", "string", "", [](const I& i) { return i.name; }},
          {"number", "string", "Of a resolution", [](const I& i) { return i.number; }},
          {"aliases", "string", "Joined by \"; \"", [](const I& i) { return i.aliases; }},
          {"owner", "string", "Who proposed or made it", [](const I& i) { return i.owner; }},
          {"owner_country", "string", "", [](const I& i) { return i.owner_country; }},
          {"first_day", "string", "", [](const I& i) { return i.first_day; }},
          {"last_day", "string", "", [](const I& i) { return i.last_day; }},
          {"state", "string", "The last step that happened", [](const I& i) { return i.state; }},
          {"n_reports", "integer", "", [](const I& i) { return std::to_string(i.n_reports); }},
          {"n_steps", "integer", "Events that concern it", [](const I& i) { return std::to_string(i.n_steps); }}};
}

std::vector<Column<LifeStep>> life_columns() {
  return {{"instrument", "string", "", [](const LifeStep& s) { return s.of.id; }},
          {"date", "string", "", [](const LifeStep& s) { return s.step.date; }},
          {"step", "string", "proposed, signed, broken, …", [](const LifeStep& s) { return s.step.step; }},
          {"status", "string", "", [](const LifeStep& s) { return s.step.status; }},
          {"actors", "string", "", [](const LifeStep& s) { return s.step.actors; }},
          {"votes", "string", "For : against : abstaining", [](const LifeStep& s) { return s.step.votes; }},
          {"event", "string", "", [](const LifeStep& s) { return s.step.event; }},
          {"story", "string", "", [](const LifeStep& s) { return s.step.story; }}};
}

/// Tables of stories, storylines and instruments over time.
std::vector<Resource> tables_over_documents(const Setting& setting) {
  Sheet<Story> stories(setting.folder, "stories.csv", story_columns(), setting.tables);
  Sheet<StoryEvent> events(setting.folder, "story_events.csv", story_event_columns(), setting.tables);
  Sheet<ValueOf> values(setting.folder, "story_values.csv", value_columns(), setting.tables);
  Sheet<Storyline> lines(setting.folder, "storylines.csv", line_columns(), setting.tables);
  Sheet<StepOf> steps(setting.folder, "storyline_stories.csv", line_step_columns(), setting.tables);
  Sheet<InstrumentHistory> histories(setting.folder, "instrument_histories.csv", history_columns(), setting.tables);
  Sheet<LifeStep> lives(setting.folder, "instrument_steps.csv", life_columns(), setting.tables);
  setting.store.stories({}, [&](const Story& story) {
    stories.row(story);
    for (const std::string& event : story.events) events.row({story, event});
    for (const StoryValue& value : story.values) values.row({story, value});
  });
  setting.store.storylines({}, [&](const Storyline& line) {
    lines.row(line);
    for (size_t i = 0; i < line.steps.size(); ++i) {
      const StorylineStep& step = line.steps[i];
      if (step.links.empty()) steps.row({line, step, i + 1, {}});
      for (const StorylineLink& link : step.links) steps.row({line, step, i + 1, link});
    }
  });
  setting.store.instruments({}, [&](const InstrumentHistory& one) {
    histories.row(one);
    for (const InstrumentStep& step : one.steps) lives.row({one, step});
  });
  return {stories.finish(), events.finish(),    values.finish(), lines.finish(),
          steps.finish(),   histories.finish(), lives.finish()};
}

class Native : public Profile {
 public:
  explicit Native(const Setting& setting)
      : setting_(setting),
        documents_(setting.folder, "documents.csv", document_columns(), setting.tables),
        entities_(setting.folder, "entities.csv", entity_columns(), setting.tables),
        events_(setting.folder, "events.csv", event_columns(), setting.tables),
        participants_(setting.folder, "participants.csv", participant_columns(), setting.tables),
        statements_(setting.folder, "statements.csv", statement_columns(), setting.tables),
        quantities_(setting.folder, "quantities.csv", quantity_columns(), setting.tables),
        instruments_(setting.folder, "instruments.csv", instrument_columns(), setting.tables),
        positions_(setting.folder, "positions.csv", position_columns(), setting.tables) {}

  void add(const Document& document) override {
    documents_.row(document);
    each(document, document.record.entities, entities_);
    setting_.events(document, [&](const EventView& view) {
      events_.row(view);
      for (const Participant& one : view.event.actors) participants_.row({view, "actor", one});
      for (const Participant& one : view.event.recipients) participants_.row({view, "recipient", one});
    });
    each(document, document.record.statements, statements_);
    each(document, document.record.quantities, quantities_);
    each(document, document.record.instruments, instruments_);
    each(document, document.record.positions, positions_);
  }

  std::vector<Resource> finish() override {
    std::vector<Resource> all = {documents_.finish(),    entities_.finish(),   events_.finish(),
                                 participants_.finish(), statements_.finish(), quantities_.finish(),
                                 instruments_.finish(),  positions_.finish()};
    if (setting_.store.version() < 3) return all;  // an older store keeps no stories
    for (Resource& resource : tables_over_documents(setting_)) all.push_back(std::move(resource));
    return all;
  }

 private:
  template <class T>
  static void each(const Document& document, const std::vector<T>& values, Sheet<Item<T>>& sheet) {
    for (size_t i = 0; i < values.size(); ++i) sheet.row({document, i, values[i]});
  }

  const Setting& setting_;
  Sheet<Document> documents_;
  Sheet<Item<Entity>> entities_;
  Sheet<EventView> events_;
  Sheet<Part> participants_;
  Sheet<Item<Statement>> statements_;
  Sheet<Item<Quantity>> quantities_;
  Sheet<Item<Instrument>> instruments_;
  Sheet<Item<Position>> positions_;
};

// --- dyads: one wide row for each pair of an event's participants

std::string name_of(const DyadView& dyad, const Participant* one) { return one ? dyad.of.entity(*one).name : ""; }
std::string country_of(const Participant* one) { return one ? one->country : ""; }
std::string sectors_of(const Participant* one) { return one ? joined(one->sectors) : ""; }

std::vector<Column<DyadView>> dyad_columns() {
  std::vector<Column<DyadView>> columns = {
      {"actor", "string", "", [](const DyadView& d) { return name_of(d, d.actor); }},
      {"actor_country", "string", "", [](const DyadView& d) { return country_of(d.actor); }},
      {"actor_sectors", "string", "", [](const DyadView& d) { return sectors_of(d.actor); }},
      {"recipient", "string", "", [](const DyadView& d) { return name_of(d, d.recipient); }},
      {"recipient_country", "string", "", [](const DyadView& d) { return country_of(d.recipient); }},
      {"recipient_sectors", "string", "", [](const DyadView& d) { return sectors_of(d.recipient); }}};
  for (const Column<EventView>& column : event_columns()) {
    columns.push_back(
        {column.name, column.type, column.description, [cell = column.cell](const DyadView& d) { return cell(d.of); }});
  }
  columns.push_back(
      {"source", "string", "Of the document", [](const DyadView& d) { return d.of.document.article().source; }});
  columns.push_back({"published", "string", "", [](const DyadView& d) { return d.of.document.published(); }});
  return columns;
}

class Dyads : public Profile {
 public:
  explicit Dyads(const Setting& setting)
      : setting_(setting), sheet_(setting.folder, "dyads.csv", dyad_columns(), setting.tables) {}

  void add(const Document& document) override {
    setting_.events(document, [&](const EventView& view) {
      for (const DyadView& dyad : dyads_of(view)) sheet_.row(dyad);
    });
  }
  std::vector<Resource> finish() override { return {sheet_.finish()}; }

 private:
  const Setting& setting_;
  Sheet<DyadView> sheet_;
};

}  // namespace

std::vector<Column<EventView>> evidence_columns() {
  return {{"id", "string", "Id of the event", [](const EventView& v) { return v.id(); }},
          {"number", "integer", "The number that stands for the id in the other files",
           [](const EventView& v) { return std::to_string(number_of(v.id())); }},
          {"document", "string", "", [](const EventView& v) { return v.document.article().id; }},
          {"source", "string", "", [](const EventView& v) { return v.document.article().source; }},
          {"url", "string", "", [](const EventView& v) { return v.document.article().url; }},
          {"status", "string", "", [](const EventView& v) { return std::string(to_string(v.event.status)); }},
          {"trigger", "string", "", [](const EventView& v) { return v.document.text(v.event.trigger); }},
          {"begin", "integer", "Code points of the text",
           [](const EventView& v) { return v.document.begin(v.event.trigger); }},
          {"end", "integer", "", [](const EventView& v) { return v.document.end(v.event.trigger); }},
          {"sentence", "string", "", [](const EventView& v) { return v.sentence(); }}};
}

std::unique_ptr<Profile> native_tables(const Setting& setting) { return std::make_unique<Native>(setting); }
std::unique_ptr<Profile> dyads(const Setting& setting) { return std::make_unique<Dyads>(setting); }

}  // namespace dragoman::exports
