// SPDX-License-Identifier: Apache-2.0
// Forms that carry the text with its marks: PLOVER JSON, CAMEO XML, W3C annotations, Label Studio, brat.
#include <map>

#include "base/json_writer.h"
#include "base/text.h"
#include "dragoman/version.h"
#include "exports/profile.h"

namespace dragoman::exports {
namespace {

using base::JsonWriter;

void member(JsonWriter& json, const char* key, const std::string& value) {
  if (!value.empty()) json.key(key).value(value);
}

void strings(JsonWriter& json, const char* key, const std::vector<std::string>& values) {
  if (values.empty()) return;
  json.key(key).begin_array();
  for (const std::string& value : values) json.value(value);
  json.end_array();
}

std::string numbered(const char* prefix, size_t number) { return std::string(prefix).append(std::to_string(number)); }

std::string name_of(const EventView& view, const Participant& one) { return view.entity(one).name; }

/// A profile of one file whose lines or pieces it writes itself.
class OneFile : public Profile {
 public:
  OneFile(const Setting& setting, const char* name, const char* format)
      : setting_(setting), out_(setting.folder, name), format_(format) {}
  std::vector<Resource> finish() override {
    close();
    return {{out_.finish(), format_, {}, Delimiter::kComma}};
  }

 protected:
  virtual void close() {}
  void row(const std::string& text) {
    out_.write(text);
    out_.count_row();
  }

  const Setting& setting_;
  OutFile out_;

 private:
  const char* format_;
};

// --- PLOVER's JSON (formats.json, plover_json): an event a line

class Plover : public OneFile {
 public:
  explicit Plover(const Setting& setting) : OneFile(setting, "events.jsonl", "jsonl") {}

  void add(const Document& document) override {
    setting_.events(document, [&](const EventView& view) { row(line(view) + '\n'); });
  }

 private:
  static void side(JsonWriter& json, const char* key, const EventView& view, const std::vector<Participant>& all) {
    json.key(key).begin_array();
    for (const Participant& one : all) {
      json.begin_object();
      member(json, "code", one.country);
      strings(json, "sector", one.sectors);
      json.key("entity_text").value(view.document.text(one.span));
      json.key("identifier_text").value(name_of(view, one));
      member(json, "identifier_id", view.entity(one).kb);
      member(json, "office", view.entity(one).role);
      json.end_object();
    }
    json.end_array();
  }

  static std::string line(const EventView& view) {
    const Event& event = view.event;
    const Article& article = view.document.article();
    JsonWriter json;
    json.begin_object();
    json.key("id").value(view.id());
    member(json, "date", event.date ? event.date->value : "");
    side(json, "actor", view, event.actors);
    side(json, "recipient", view, event.recipients);
    json.key("event").begin_array().value(to_string(event.type)).end_array();
    strings(json, "mode", event.modes);
    strings(json, "context", event.contexts);
    if (event.status != Status::kActual || event.historical) {
      json.key("auxiliary_mode").begin_array();
      if (event.historical) json.value("historical");
      if (event.status != Status::kActual) {
        json.value(event.status == Status::kNegated ? "negation" : to_string(event.status));
      }
      json.end_array();
    }
    json.key("quad_code").value(event.quad);
    json.key("event_scale").value(event.score);
    json.key("event_text").value(view.document.text(event.trigger));
    if (!event.locations.empty()) place(json, view, event.locations.front());
    json.key("text").value(view.sentence());
    json.key("text_info").begin_object();
    json.key("sequence").value(event.sentence + 1);
    json.key("start").value(view.document.points.of_byte(view.document.record.sentences.at(event.sentence).begin));
    json.key("end").value(view.document.points.of_byte(view.document.record.sentences.at(event.sentence).end));
    json.end_object();
    json.key("cite_info").begin_object();
    member(json, "url", article.url);
    member(json, "title", article.title);
    member(json, "publication", article.publisher);
    member(json, "language", article.language);
    json.key("citation").value(article.source);
    json.end_object();
    json.key("coder").value(std::string("dragoman ") + kVersion);
    json.key("confidence").value(event.confidence);
    return json.end_object().take();
  }

  static void place(JsonWriter& json, const EventView& view, const Location& at) {
    json.key("event_loc").begin_object();
    json.key("extracted_place").value(view.document.text(at.span));
    member(json, "resolved_place", at.name);
    if (at.geonames) json.key("geonameid").value(*at.geonames);
    if (at.lat) json.key("lat").value(*at.lat);
    if (at.lon) json.key("lon").value(*at.lon);
    member(json, "country_code", at.country);
    member(json, "resolution", at.precision);
    json.end_object();
  }
};

// --- CAMEO XML, as Accent writes it (formats.json, accent_cameo_xml)

std::string xml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default:
        // Characters that XML 1.0 has no form for: these, and U+FFFE and U+FFFF.
        out.push_back(static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r' ? ' ' : c);
        if (out.ends_with("\xEF\xBF\xBE") || out.ends_with("\xEF\xBF\xBF")) out.back() = '\xBD';  // U+FFFD
    }
  }
  return out;
}

class CameoXml : public OneFile {
 public:
  explicit CameoXml(const Setting& setting) : OneFile(setting, "events.xml", "xml") {
    out_.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CAMEO_XML>\n");
  }

  void add(const Document& document) override {
    std::string text = "<Document id=\"" + document.article().id + "\">\n<Sentences>\n";
    for (size_t i = 0; i < document.record.sentences.size(); ++i) {
      const Span span = document.record.sentences[i];
      text += "<Sentence id=\"" + std::to_string(i + 1) + "\" char_offsets=\"" + offsets(document, span) + "\">" +
              xml(document.text(span)) + "</Sentence>\n";
    }
    text += "</Sentences>\n<Events>\n";
    setting_.events(document, [&](const EventView& view) {
      for (const DyadView& dyad : dyads_of(view)) text += event(dyad, ++number_);
    });
    row(text + "</Events>\n</Document>\n");
    number_ = 0;
  }

 private:
  void close() override { out_.write("</CAMEO_XML>\n"); }

  static std::string offsets(const Document& document, Span span) {
    return document.begin(span) + ":" + document.end(span);
  }

  std::string event(const DyadView& dyad, int number) const {
    const Event& event = dyad.of.event;
    return "<Event id=\"" + std::to_string(number) + "\" sentence_id=\"" + std::to_string(event.sentence + 1) +
           "\" char_offsets=\"" + offsets(dyad.of.document, event.trigger) + "\" tense=\"" +
           (event.historical ? "historical" : "current") + "\" type=\"" + setting_.terms.cameo(event) + "\">\n" +
           participant(dyad, "Source", dyad.actor) + participant(dyad, "Target", dyad.recipient) + "</Event>\n";
  }

  static std::string participant(const DyadView& dyad, const char* role, const Participant* one) {
    if (one == nullptr) return "";
    return std::string("<Participant role=\"") + role + "\" actor_id=\"" + std::to_string(one->entity + 1) +
           "\" actor_name=\"" + xml(name_of(dyad.of, *one)) + "\" agent_id=\"" + xml(joined(one->sectors, ",")) +
           "\" agent_name=\"" + xml(dyad.of.entity(*one).role) + "\" char_offsets=\"" +
           offsets(dyad.of.document, one->span) + "\"/>\n";
  }

  int number_ = 0;
};

// --- W3C Web Annotations: one a line, each a JSON-LD document of its own

class Annotations : public OneFile {
 public:
  explicit Annotations(const Setting& setting) : OneFile(setting, "annotations.jsonl", "jsonl") {}

  void add(const Document& document) override {
    setting_.events(document, [&](const EventView& view) {
      const Event& event = view.event;
      std::string tag = std::string(to_string(event.type)) + ' ' + to_string(event.status);
      row(annotation(document, view.id(), event.trigger, "tagging", tag));
      for (size_t i = 0; i < event.actors.size(); ++i) {
        row(annotation(document, view.id() + "/actor/" + std::to_string(i + 1), event.actors[i].span, "identifying",
                       "actor " + name_of(view, event.actors[i])));
      }
      for (size_t i = 0; i < event.recipients.size(); ++i) {
        row(annotation(document, view.id() + "/recipient/" + std::to_string(i + 1), event.recipients[i].span,
                       "identifying", "recipient " + name_of(view, event.recipients[i])));
      }
    });
    for (size_t i = 0; i < document.record.statements.size(); ++i) {
      const Statement& statement = document.record.statements[i];
      const std::string who =
          statement.speaker ? document.record.entities.at(statement.speaker->entity).name : "somebody";
      row(annotation(document, document.article().id + numbered("/s", i + 1), statement.content, "tagging",
                     std::string(to_string(statement.kind)) + " statement by " + who));
    }
  }

 private:
  static std::string annotation(const Document& document, const std::string& id, Span span, const char* motivation,
                                const std::string& body) {
    JsonWriter json;
    json.begin_object();
    json.key("@context").value("http://www.w3.org/ns/anno.jsonld");
    json.key("id").value("urn:dragoman:" + id);
    json.key("type").value("Annotation");
    json.key("motivation").value(motivation);
    json.key("body").begin_object();
    json.key("type").value("TextualBody");
    json.key("value").value(body);
    json.end_object();
    json.key("target").begin_object();
    const std::string& url = document.article().url;
    json.key("source").value(url.empty() ? "urn:dragoman:" + document.article().id : url);
    json.key("selector").begin_array();
    json.begin_object().key("type").value("TextQuoteSelector").key("exact").value(document.text(span)).end_object();
    json.begin_object().key("type").value("TextPositionSelector");
    json.key("start").value(document.points.of_byte(span.begin)).key("end").value(document.points.of_byte(span.end));
    json.end_object().end_array().end_object();
    return json.end_object().take() + '\n';
  }
};

// --- Label Studio tasks with the record as predictions

class LabelStudio : public OneFile {
 public:
  explicit LabelStudio(const Setting& setting) : OneFile(setting, "tasks.json", "json") { out_.write("[\n"); }

  void add(const Document& document) override {
    JsonWriter json;
    json.begin_object();
    json.key("data").begin_object();
    json.key("text").value(document.article().text);
    json.key("document").value(document.article().id);
    json.key("source").value(document.article().source);
    json.end_object();
    json.key("predictions").begin_array().begin_object();
    json.key("model_version").value(document.record.origin.model);
    json.key("result").begin_array();
    setting_.events(document, [&](const EventView& view) {
      const std::string id = numbered("e", view.index + 1);
      region(json, document, id, view.event.trigger, to_string(view.event.type));
      for (size_t i = 0; i < view.event.actors.size(); ++i) {
        role(json, document, id, numbered("a", i + 1), view.event.actors[i], "actor");
      }
      for (size_t i = 0; i < view.event.recipients.size(); ++i) {
        role(json, document, id, numbered("r", i + 1), view.event.recipients[i], "recipient");
      }
    });
    for (size_t i = 0; i < document.record.statements.size(); ++i) {
      region(json, document, numbered("s", i + 1), document.record.statements[i].content, "statement");
    }
    json.end_array().end_object().end_array();
    row((first_ ? "" : ",\n") + json.end_object().take());
    first_ = false;
  }

 private:
  void close() override { out_.write("\n]\n"); }

  static void region(JsonWriter& json, const Document& document, const std::string& id, Span span, const char* label) {
    json.begin_object();
    json.key("id").value(id).key("from_name").value("label").key("to_name").value("text").key("type").value("labels");
    json.key("value").begin_object();
    json.key("start").value(document.points.of_byte(span.begin)).key("end").value(document.points.of_byte(span.end));
    json.key("text").value(document.text(span));
    json.key("labels").begin_array().value(label).end_array();
    json.end_object().end_object();
  }

  static void role(JsonWriter& json, const Document& document, const std::string& event, const std::string& suffix,
                   const Participant& one, const char* label) {
    region(json, document, event + suffix, one.span, label);
    json.begin_object();
    json.key("type").value("relation").key("from_id").value(event).key("to_id").value(event + suffix);
    json.key("direction").value("right").key("labels").begin_array().value(label).end_array();
    json.end_object();
  }

  bool first_ = true;
};

// --- brat: a .txt and a .ann for each document

class Brat : public Profile {
 public:
  explicit Brat(const Setting& setting) : setting_(setting) {}

  void add(const Document& document) override {
    file(document.article().id + ".txt", document.article().text);
    std::string ann;
    std::map<Span, std::string> known;  // mentions that have a number already
    size_t marks = 0;
    size_t events = 0;
    const auto mark = [&](const std::string& label, Span span) {
      // brat knows no line ends inside a mark.
      std::string words = document.text(span);
      for (char& c : words) {
        if (c == '\n' || c == '\r' || c == '\t') c = ' ';
      }
      const std::string id = numbered("T", ++marks);
      ann += id + '\t' + label + ' ' + document.begin(span) + ' ' + document.end(span) + '\t' + words + '\n';
      return id;
    };
    const auto mention = [&](Span span) {
      const auto found = known.find(span);
      return found != known.end() ? found->second : known.emplace(span, mark("Participant", span)).first->second;
    };
    setting_.events(document, [&](const EventView& view) {
      const std::string type = to_string(view.event.type);
      std::string line = type + ':' + mark(type, view.event.trigger);
      int n = 0;
      for (const Participant& one : view.event.actors) line += " Actor" + suffix(++n) + ':' + mention(one.span);
      n = 0;
      for (const Participant& one : view.event.recipients) line += " Recipient" + suffix(++n) + ':' + mention(one.span);
      const std::string id = numbered("E", ++events);
      ann += id + '\t' + line + '\n';
      ann += numbered("A", events) + "\tStatus " + id + ' ' + to_string(view.event.status) + '\n';
    });
    for (const Statement& statement : document.record.statements) mark("Statement", statement.content);
    file(document.article().id + ".ann", ann);
  }

  std::vector<Resource> finish() override { return std::move(resources_); }

 private:
  static std::string suffix(int n) { return n == 1 ? "" : std::to_string(n); }

  void file(const std::string& name, const std::string& text) {
    OutFile out(setting_.folder, name);
    out.write(text);
    resources_.push_back({out.finish(), "txt", {}, Delimiter::kComma});
  }

  const Setting& setting_;
  std::vector<Resource> resources_;
};

}  // namespace

std::unique_ptr<Profile> plover(const Setting& setting) { return std::make_unique<Plover>(setting); }
std::unique_ptr<Profile> cameo_xml(const Setting& setting) { return std::make_unique<CameoXml>(setting); }
std::unique_ptr<Profile> annotations(const Setting& setting) { return std::make_unique<Annotations>(setting); }
std::unique_ptr<Profile> label_studio(const Setting& setting) { return std::make_unique<LabelStudio>(setting); }
std::unique_ptr<Profile> brat(const Setting& setting) { return std::make_unique<Brat>(setting); }

}  // namespace dragoman::exports
