// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "dragoman/query_fields.h"
#include "serve/http.h"

namespace dragoman::serve {

/// A parameter of a request: `name` stands in the query ("?name="), or in the path where `in_path`.
struct Parameter {
  std::string name;
  std::string help;
  FieldKind kind = FieldKind::kText;
  std::vector<std::string> choices = {};
  bool required = false;
  bool in_path = false;
};

/// The parameters that a request gives, each sound by itself.
class Values {
 public:
  /// Errors (kUsage, with the parameter as place): one that is not known, is given twice, is missing, or has a value
  /// that is none. Words may be given several times; they are joined by commas.
  static Result<Values> of(const Target& target, const std::vector<Parameter>& known);

  bool has(const std::string& name) const { return values_.count(name) > 0; }
  /// "" where it is not given.
  std::string text(const std::string& name) const;
  uint64_t number(const std::string& name, uint64_t otherwise) const;
  bool flag(const std::string& name) const { return text(name) == "true"; }

  /// The request whose fields these are.
  template <class Query>
  Query query() const {
    Query query;
    for (const QueryField<Query>& field : fields_of(query)) {
      if (has(field.name)) field.set(query, text(field.name));
    }
    return query;
  }

 private:
  std::map<std::string, std::string> values_;
};

/// The fields of a request as parameters.
template <class Query>
std::vector<Parameter> parameters_of(const std::vector<QueryField<Query>>& fields) {
  std::vector<Parameter> all;
  for (const QueryField<Query>& field : fields) {
    all.push_back({field.name, field.help, field.kind, field.choices, field.required});
  }
  return all;
}

}  // namespace dragoman::serve
