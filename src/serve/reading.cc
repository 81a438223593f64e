// SPDX-License-Identifier: Apache-2.0
// A text or page that is sent, as its record.
#include <simdjson.h>

#include "base/text.h"
#include "dragoman/article_reader.h"
#include "serve/endpoint.h"

namespace dragoman::serve {
namespace {

// The encoder reads some 15 kB of text a second on one core: nobody waits for more than this.
constexpr size_t kLongestText = 200'000;

/// The media type without its parameters, in lower case.
std::string media_type(const Request& request) {
  const std::string_view value = request.header("content-type");
  return base::lower_ascii(base::trim(value.substr(0, value.find(';'))));
}

std::string charset(const Request& request) {
  const std::string_view value = request.header("content-type");
  const size_t at = base::lower_ascii(value).find("charset=");
  if (at == std::string::npos) return "";
  std::string_view name = base::trim(base::split(value.substr(at + 8), ';').front());
  if (name.size() > 1 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
  return std::string(name);
}

Error no_json(const std::string& why) {
  return {ErrorCode::kSyntax, "the body is not the JSON that is wanted: " + why, "body"};
}

Result<Page> page_of_json(const std::string& body) {
  simdjson::dom::parser parser;
  simdjson::dom::object fields;
  simdjson::dom::element value;
  if (const auto error = parser.parse(body).get(value)) return no_json(simdjson::error_message(error));
  if (value.get(fields)) return no_json("it is no object");
  Page page;
  for (const auto& field : fields) {
    std::string_view text;
    if (field.value.get(text)) return no_json("\"" + std::string(field.key) + "\" is no string");
    if (field.key == "text" || field.key == "html") {
      if (page.format != Format::kAuto) return no_json("it has both \"text\" and \"html\", or one of them twice");
      page.format = field.key == "html" ? Format::kHtml : Format::kJsonLines;
      page.bytes = text;
    } else if (field.key == "date") {
      page.published = text;
    } else if (field.key == "title") {
      page.title = text;
    } else if (field.key == "url") {
      page.url = text;
    } else {
      return no_json("\"" + std::string(field.key) + "\" is no field of it; use text or html, date, title, url");
    }
  }
  if (page.format == Format::kAuto) return no_json("it has neither \"text\" nor \"html\"");
  if (page.format == Format::kHtml) page.charset = "utf-8";
  return page;
}

Result<Page> page_of(const Request& request) {
  const std::string type = media_type(request);
  if (type == kJson) return page_of_json(request.body);
  Page page;
  page.format = type == "text/html" ? Format::kHtml : Format::kText;
  page.charset = charset(request);
  page.bytes = request.body;
  return page;
}

Response read(const Call& call) {
  auto page = page_of(call.request);
  if (!page) return error_response(page.error());
  page->source = "sent";
  page->place = "body";
  const std::string date = call.values.text("date");
  if (!date.empty()) page->published = date;
  if (!page->published.empty()) page->published_basis = "argument";  // what the page itself tells goes first
  if (!page->published.empty() && fault_of(EventQuery{.from = page->published})) {
    return error_response(400, "usage", "\"" + page->published + "\" is no date; use YYYY-MM-DD", "date");
  }
  const auto place = call.backend.reading_place();
  if (place == nullptr) {
    return error_response(429, "busy", "other texts are being read; try again in a moment").with("Retry-After", "2");
  }
  const auto article = read_article(*page);
  if (!article) return error_response(article.error());
  if (article->text.size() > kLongestText) {
    return error_response(413, "too-large",
                          "the text is longer than " + std::to_string(kLongestText) +
                              " bytes; read it with the command line: dragoman read FILE");
  }
  return json_response(to_json(call.backend.engine().read(*article), false, call.values.flag("scores")));
}

}  // namespace

std::vector<Endpoint> reading_endpoints() {
  Endpoint one;
  one.method = "POST";
  one.path = "read";
  one.summary = "Reads a text or a page and answers its record; nothing is kept";
  one.parameters = {{"date", "Day of publication, where the text does not tell it"},
                    {"scores", "With all that explains each event and statement", FieldKind::kFlag}};
  one.media = {kJson};
  one.schema = R"({"type":"object","required":["document","events","statements"]})";
  one.takes = {kJson, "text/plain", "text/html"};
  one.body_schema =
      R"({"type":"object","properties":{"text":{"type":"string"},"html":{"type":"string"},"date":{"type":"string"},)"
      R"("title":{"type":"string"},"url":{"type":"string"}},"additionalProperties":false,"oneOf":)"
      R"([{"required":["text"]},{"required":["html"]}]})";
  one.answer = read;
  return {one};
}

}  // namespace dragoman::serve
