// SPDX-License-Identifier: Apache-2.0
#include "ingest/json_ld.h"

#include <simdjson.h>

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "base/utf8.h"

namespace dragoman::ingest {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr int kDeepest = 12;
constexpr size_t kMostNames = 200;    // of authors; each is compared with those before
constexpr size_t kLongest = 4 << 20;  // articles put their whole text here; more is none

std::string text_of(const element& value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(base::trim(text));
  array list;
  if (value.get(list) == simdjson::SUCCESS) {
    for (const element item : list) {
      if (std::string found = text_of(item); !found.empty()) return found;
    }
  }
  return {};
}

std::string field(const object& fields, std::string_view name) {
  element value;
  return fields[name].get(value) == simdjson::SUCCESS ? text_of(value) : std::string();
}

std::vector<std::string> types_of(const object& fields) {
  std::vector<std::string> types;
  element value;
  if (fields["@type"].get(value) != simdjson::SUCCESS) return types;
  array list;
  if (value.get(list) != simdjson::SUCCESS) return {text_of(value)};
  for (const element item : list) types.push_back(text_of(item));
  return types;
}

bool is_article_type(std::string_view type) {
  return type.ends_with("Article") || type.ends_with("BlogPosting") || type == "Report" || type == "Review" ||
         type == "ReviewNewsArticle" || type.ends_with("Reportage");
}

void add_once(std::vector<std::string>& names, std::string_view name) {
  name = base::trim(name);
  if (!name.empty() && names.size() < kMostNames && std::find(names.begin(), names.end(), name) == names.end())
    names.emplace_back(name);
}

bool is_organisation(const std::vector<std::string>& types) {
  return std::any_of(types.begin(), types.end(),
                     [](const std::string& type) { return type.ends_with("Organization") || type == "Corporation"; });
}

// What objects with "@id" call themselves, so that others can refer to them.
struct Named {
  std::string name;
  bool organisation = false;
};
using Directory = std::unordered_map<std::string, Named>;

void add_to_directory(const element& value, Directory& directory, int depth) {
  constexpr size_t kMost = 500;
  if (depth > 4 || directory.size() >= kMost) return;
  array list;
  object fields;
  if (value.get(list) == simdjson::SUCCESS) {
    for (const element item : list) add_to_directory(item, directory, depth + 1);
  } else if (value.get(fields) == simdjson::SUCCESS) {
    const std::string id = field(fields, "@id"), name = field(fields, "name");
    if (!id.empty() && !name.empty()) directory.emplace(id, Named{name, is_organisation(types_of(fields))});
    for (const auto [key, below] : fields) add_to_directory(below, directory, depth + 1);
  }
}

// A name, or an object or list of objects with names.
void add_names(const element& value, bool organisation, const Directory& directory, StructuredData& data) {
  array list;
  object one;
  std::string_view text;
  if (value.get(list) == simdjson::SUCCESS) {
    for (const element item : list) add_names(item, organisation, directory, data);
  } else if (value.get(one) == simdjson::SUCCESS) {
    element name;
    if (one["name"].get(name) == simdjson::SUCCESS) {
      add_names(name, is_organisation(types_of(one)), directory, data);
    } else if (const auto found = directory.find(field(one, "@id")); found != directory.end()) {
      add_once(found->second.organisation ? data.organisations : data.authors, found->second.name);
    }
  } else if (value.get(text) == simdjson::SUCCESS) {
    add_once(organisation ? data.organisations : data.authors, text);
  }
}

// A list, or one text with commas.
void add_keywords(const element& value, std::vector<std::string>& keywords) {
  constexpr size_t kMost = 100;
  array list;
  std::string_view text;
  if (value.get(list) == simdjson::SUCCESS) {
    for (const element item : list) {
      if (keywords.size() < kMost) add_once(keywords, text_of(item));
    }
  } else if (value.get(text) == simdjson::SUCCESS) {
    for (const std::string_view part : base::split(text, ',')) {
      if (keywords.size() < kMost) add_once(keywords, part);
    }
  }
}

std::optional<bool> truth_of(const element& value) {
  bool truth = false;
  if (value.get(truth) == simdjson::SUCCESS) return truth;
  const std::string text = base::lower_ascii(text_of(value));
  if (text == "true" || text.ends_with("/true")) return true;
  if (text == "false" || text.ends_with("/false")) return false;
  return std::nullopt;
}

std::string name_of(const object& fields, std::string_view key) {
  element value;
  if (fields[key].get(value) != simdjson::SUCCESS) return {};
  object one;
  array list;
  if (value.get(list) == simdjson::SUCCESS && list.size() > 0) value = list.at(0);
  return value.get(one) == simdjson::SUCCESS ? field(one, "name") : text_of(value);
}

void read_article(const object& fields, const Directory& directory, StructuredData& data) {
  data.article = true;
  const auto set = [](std::string& to, std::string value) {
    if (to.empty()) to = std::move(value);
  };
  set(data.headline, field(fields, "headline"));
  set(data.published, field(fields, "datePublished"));
  set(data.modified, field(fields, "dateModified"));
  element value;
  if (data.keywords.empty() && fields["keywords"].get(value) == simdjson::SUCCESS) add_keywords(value, data.keywords);
  if (!data.free_to_read && fields["isAccessibleForFree"].get(value) == simdjson::SUCCESS)
    data.free_to_read = truth_of(value);
  set(data.publisher, name_of(fields, "publisher"));
  set(data.url, field(fields, "url"));
  if (std::string body = field(fields, "articleBody"); body.size() > data.body.size()) data.body = std::move(body);
  element author;
  const bool told = !data.authors.empty() || !data.organisations.empty();
  if (!told && fields["author"].get(author) == simdjson::SUCCESS) add_names(author, false, directory, data);
}

void walk(const element& value, const Directory& directory, StructuredData& data, int depth) {
  if (depth > kDeepest) return;
  array list;
  if (value.get(list) == simdjson::SUCCESS) {
    for (const element item : list) walk(item, directory, data, depth + 1);
    return;
  }
  object fields;
  if (value.get(fields) != simdjson::SUCCESS) return;
  const auto types = types_of(fields);
  data.types.insert(data.types.end(), types.begin(), types.end());
  if (std::any_of(types.begin(), types.end(), is_article_type)) {
    read_article(fields, directory, data);
  } else if (data.page_published.empty()) {
    data.page_published = field(fields, "datePublished");
  }
  for (const auto [key, below] : fields) {
    if (key == "@graph" || key == "mainEntity" || key == "mainEntityOfPage" || depth < 2) {
      walk(below, directory, data, depth + 1);
    }
  }
}

void read_all(const element& root, StructuredData& data) {
  Directory directory;
  add_to_directory(root, directory, 0);
  walk(root, directory, data, 0);
}

// The text after "key": in a script that is not JSON; "" if there is none.
std::string value_after(std::string_view script, std::string_view key) {
  size_t at = script.find(key);
  if (at == std::string_view::npos) return {};
  at = script.find_first_not_of(" \t\r\n:", at + key.size());
  if (at == std::string_view::npos || script[at] != '"') return {};
  const size_t end = script.find('"', at + 1);
  constexpr size_t kLongestValue = 400;
  if (end == std::string_view::npos || end - at > kLongestValue) return {};
  return std::string(base::trim(script.substr(at + 1, end - at - 1)));
}

// A script cut off or with quotation marks inside its strings still tells when.
void salvage(std::string_view script, StructuredData& data) {
  const bool article = script.find("Article\"") != std::string_view::npos;
  std::string& published = article ? data.published : data.page_published;
  if (published.empty()) published = value_after(script, "\"datePublished\"");
  if (article && data.modified.empty()) data.modified = value_after(script, "\"dateModified\"");
}

}  // namespace

std::string mend_json(std::string_view script) {
  std::string out;
  out.reserve(script.size());
  bool in_string = false;
  for (size_t i = 0; i < script.size(); ++i) {
    const char c = script[i];
    if (in_string) {
      if (c == '\\' && i + 1 < script.size()) {
        // An escape that JSON does not know stands for its character.
        const char next = script[++i];
        if (std::string_view("\"\\/bfnrtu").find(next) == std::string_view::npos) {
          out.push_back(next);
        } else {
          out.push_back(c);
          out.push_back(next);
        }
      } else if (static_cast<unsigned char>(c) < 0x20) {
        out.push_back(' ');
      } else {
        in_string = c != '"';
        out.push_back(c);
      }
      continue;
    }
    if (script.compare(i, 2, "/*") == 0) {
      i = std::min(script.find("*/", i + 2), script.size() - 2) + 1;
    } else if (script.compare(i, 2, "//") == 0) {
      i = std::min(script.find('\n', i), script.size());
    } else if (script.compare(i, 4, "<!--") == 0) {
      i += 3;
    } else if (script.compare(i, 3, "-->") == 0) {
      i += 2;
    } else if (script.compare(i, 9, "<![CDATA[") == 0) {
      i += 8;
    } else if (script.compare(i, 3, "]]>") == 0) {
      i += 2;
    } else if (c == '}' || c == ']') {
      while (!out.empty() && (base::is_ascii_space(out.back()) || out.back() == ',')) out.pop_back();
      out.push_back(c);
    } else if (c != ';') {
      in_string = c == '"';
      out.push_back(c);
    }
  }
  return out;
}

void read_json_ld(std::string_view script, StructuredData& data) {
  if (script.size() > kLongest) return;
  simdjson::dom::parser parser;
  element root;
  if (parser.parse(script.data(), script.size(), true).get(root) != simdjson::SUCCESS) {
    const std::string mended = mend_json(script);
    if (parser.parse(mended.data(), mended.size(), true).get(root) != simdjson::SUCCESS) return salvage(script, data);
    return read_all(root, data);
  }
  read_all(root, data);
}

}  // namespace dragoman::ingest
