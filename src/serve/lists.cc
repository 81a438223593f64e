// SPDX-License-Identifier: Apache-2.0
// The listings: the rows of the typed requests, as a page of JSON with the key of the next one, or as a file of all
// that the filters let through.
#include <algorithm>

#include "base/hash.h"
#include "base/json_writer.h"
#include "dragoman/parquet.h"
#include "serve/endpoint.h"
#include "serve/schema.h"

namespace dragoman::serve {
namespace {

constexpr uint64_t kUsualPage = 100, kLargestPage = 1000;
constexpr size_t kKey = 16;  // hexadecimal digits: two of a page's rows are alike by chance once in 10^13 pages

/// Thrown to leave a listing that has given enough.
struct Enough {};

/// What a listing of these rows is made of.
template <class Query, class Row>
struct Listing {
  const char* name;
  const char* summary;
  std::function<void(const Store&, const Query&, const std::function<void(const Row&)>&)> run;
  std::function<std::string(const Query&, const Row&)> json;
  std::function<std::string(const Row&)> csv;
  std::function<std::string(const Query&)> header;
  /// The key by which the store itself finds the next page; none where rows have to be counted off.
  std::function<std::string(const Row&)> key = {};
  std::function<void(Query&)> preset = {};  ///< fields that the listing sets itself
  std::vector<std::string> unasked = {};    ///< and does not take as parameters
  bool of_stories = false;                  ///< shows what joining documents gives
  /// What a page asks for, but no download, where the call does not tell it.
  std::function<void(const Values&, Query&)> page = {};
};

/// A page of a listing.
template <class Query, class Row>
class Page {
 public:
  Page(const Listing<Query, Row>& listing, const Call& call, Query query)
      : listing_(listing),
        call_(call),
        query_(std::move(query)),
        limit_(call.values.number("limit", kUsualPage)),
        after_(call.values.text("after")),
        found_(after_.empty() || listing.key) {}

  Response response() {
    if (limit_ > kLargestPage) {
      return error_response(400, "usage", "a page holds 1 to " + std::to_string(kLargestPage), "limit");
    }
    if constexpr (requires { query_.limit; }) query_.limit = found_ ? limit_ + 1 : 0;
    if (listing_.page) listing_.page(call_.values, query_);
    json_.begin_object().key("items").begin_array();
    try {
      listing_.run(call_.store, query_, [&](const Row& row) { add(row); });
    } catch (const Enough&) {
    }
    if (!found_) {
      return error_response(400, "usage", "no such row is in the listing (any more); begin at its first page", "after");
    }
    json_.end_array().key("next");
    more_ ? json_.value(last_) : json_.null();
    if (!more_ && after_.empty()) json_.key("total").value(shown_);
    return json_response(json_.end_object().take());
  }

 private:
  // Where the store cannot go on behind a row by itself, the key is the row's number and what it looks like: rows that
  // look alike are told apart, and a listing that has grown since is still gone on with at the right place.
  std::string key_of(const Row& row, const std::string& json) const {
    if (listing_.key) return listing_.key(row);
    return std::to_string(number_) + '.' + base::sha256_hex(json).substr(0, kKey);
  }

  bool is_last_known(const std::string& key) const {
    const size_t dot = after_.find('.');
    if (dot == std::string::npos || dot == 0 || dot > 18 || after_.find_first_not_of("0123456789") != dot) return false;
    return number_ >= std::stoull(after_) && key.substr(key.find('.')) == after_.substr(dot);
  }

  void add(const Row& row) {
    if (shown_ == limit_) {
      more_ = true;
      throw Enough();
    }
    ++number_;
    const std::string json = listing_.json(query_, row);
    if (!found_) {
      found_ = is_last_known(key_of(row, json));
      return;
    }
    ++shown_;
    if (shown_ == limit_) last_ = key_of(row, json);
    json_.raw(json);
  }

  const Listing<Query, Row>& listing_;
  const Call& call_;
  Query query_;
  uint64_t limit_, shown_ = 0, number_ = 0;
  std::string after_, last_;
  bool found_, more_ = false;
  base::JsonWriter json_;
};

template <class Row>
TableRow table_of(const Listing<CountQuery, Row>&, const CountQuery& query, const Row& row) {
  return to_table(row, query.by);
}
template <class Query, class Row>
TableRow table_of(const Listing<Query, Row>&, const Query&, const Row& row) {
  return to_table(row);
}

template <class Query, class Row>
void add_parquet(Response& response, const Listing<Query, Row>& listing, const Call& call, const Query& query) {
  ParquetWriter file(table_of(listing, query, Row()).columns,
                     [&](std::string_view bytes) { response.body.add(bytes); });
  listing.run(call.store, query, [&](const Row& row) { file.row(table_of(listing, query, row).cells); });
  file.finish();
}

const char* media_of(const std::string& format) {
  if (format == "csv") return "text/csv; charset=utf-8; header=present";
  if (format == "parquet") return "application/vnd.apache.parquet";
  return format == "jsonl" ? "application/jsonl" : kJson;
}

/// All rows as a file.
template <class Query, class Row>
Response download(const Listing<Query, Row>& listing, const Call& call, Query query) {
  const std::string format = call.values.text("format");
  if constexpr (requires { query.limit; }) query.limit = call.values.number("limit", 0);
  Response response;
  const std::string name = listing.name;
  response.with("Content-Disposition", "attachment; filename=\"" + name + "." + format + "\"");
  response.with("Content-Type", media_of(format));
  if (format == "parquet") {
    add_parquet(response, listing, call, query);
    response.body.finish();
    return response;
  }
  if (format == "csv") response.body.add(listing.header(query) + "\r\n");
  if (format == "json") response.body.add("[");
  bool first = true;
  listing.run(call.store, query, [&](const Row& row) {
    if (format == "csv") response.body.add(listing.csv(row) + "\r\n");
    if (format == "jsonl") response.body.add(listing.json(query, row) + "\n");
    if (format == "json") response.body.add((first ? "" : ",\n") + listing.json(query, row));
    first = false;
  });
  if (format == "json") response.body.add("]\n");
  response.body.finish();
  return response;
}

/// A page; with format=json the items alone.
std::string page_schema(const std::string& item) {
  const std::string items = R"({"type":"array","items":)" + item + "}";
  return R"({"oneOf":[{"type":"object","required":["items","next"],"properties":{"items":)" + items +
         R"(,"next":{"type":["string","null"],"description":"the value of `after` for the next page"},)"
         R"("total":{"type":"integer","description":"rows in all; only where all of them are here"}}},)" +
         items + "]}";
}

std::vector<Parameter> paged(std::vector<Parameter> parameters, const std::vector<std::string>& unasked) {
  std::erase_if(parameters, [&](const Parameter& one) {
    return one.name == "limit" || one.name == "after" ||
           std::find(unasked.begin(), unasked.end(), one.name) != unasked.end();
  });
  parameters.push_back({"limit", "Rows of a page, 1 to 1000 (100); of a download all", FieldKind::kRows});
  parameters.push_back({"after", "Go on behind the row with this key: the `next` of the page before"});
  parameters.push_back({"format",
                        "A file of all rows in this form, instead of a page",
                        FieldKind::kChoice,
                        {"json", "csv", "jsonl", "parquet"}});
  return parameters;
}

template <class Query, class Row>
Endpoint endpoint(Listing<Query, Row> listing) {
  Endpoint one;
  one.method = "GET";
  one.path = listing.name;
  one.summary = listing.summary;
  one.parameters = paged(parameters_of(fields_of(Query())), listing.unasked);
  one.media = {kJson, "text/csv", "application/jsonl", "application/vnd.apache.parquet"};
  Query sample;
  if (listing.preset) listing.preset(sample);
  one.schema = page_schema(schema_like(listing.json(sample, Row())));
  one.answer = [listing = std::move(listing)](const Call& call) -> Response {
    auto query = call.values.query<Query>();
    if (listing.preset) listing.preset(query);
    if (const auto fault = fault_of(query)) return error_response(*fault);
    if (listing.of_stories) call.backend.join(call.store);
    if (call.values.has("format")) return download(listing, call, query);
    return Page(listing, call, query).response();
  };
  return one;
}

Listing<CountQuery, CountRow> counting(const char* name, const char* summary) {
  return {name,
          summary,
          [](const Store& store, const CountQuery& query, const auto& row) { store.count(query, row); },
          [](const CountQuery& query, const CountRow& row) { return to_json(row, query.by); },
          [](const CountRow& row) { return to_csv(row); },
          [](const CountQuery& query) { return counts_csv_header(query.by); }};
}

Endpoint dyads() {
  auto listing = counting("dyads", "Who acts towards whom: events by actor and recipient, most first");
  listing.preset = [](CountQuery& query) {
    query.by = {"actor", "recipient"};
    query.largest_first = true;
  };
  listing.unasked = {"by", "largest"};
  return endpoint(std::move(listing));
}

/// What POST corrections takes: the fields of a correction that are not the store's to tell.
std::string correction_schema() {
  base::JsonWriter json;
  json.begin_object().key("type").value("object").key("properties").begin_object();
  json.key("event_id").raw(R"({"type":"string"})");
  json.key("action").raw(R"({"enum":["accept","reject","change"]})");
  json.key("changes").begin_object().key("type").value("object").key("properties").begin_object();
  for (const std::string& field : correction_fields()) json.key(field).raw(R"({"type":"string","minLength":1})");
  json.end_object().key("additionalProperties").value(false).end_object();
  json.key("author").raw(R"({"type":"string","minLength":1})").key("note").raw(R"({"type":"string"})");
  json.end_object().key("required").raw(R"(["event_id","action","author"])");
  return json.key("additionalProperties").value(false).end_object().take();
}

Response correct(const Call& call) {
  auto correction = correction_from_json(call.request.body);
  if (!correction) return error_response(correction.error());
  correction->time.clear();  // the store's to tell
  std::optional<Response> response;
  call.backend.write([&](Store& store) {
    const auto kept = store.correct(*correction);
    response = kept ? json_response(to_json(*kept), 201) : error_response(kept.error());
  });
  return std::move(*response);
}

// Stands behind the listing of the same path in the table.
Endpoint correcting() {
  Endpoint one;
  one.method = "POST";
  one.path = "corrections";
  one.summary = "Says that an event is right, wrong, or another; kept beside the record";
  one.media = {kJson};
  one.takes = {kJson};
  one.body_schema = correction_schema();
  one.schema = schema_like(to_json(Correction()));
  one.answer = correct;
  one.with_token = true;
  one.status = 201;
  return one;
}

}  // namespace

std::vector<Endpoint> list_endpoints() {
  std::vector<Endpoint> all;
  all.push_back(endpoint(Listing<EventQuery, EventRow>{
      "events", "What happened, event by event",
      [](const Store& store, const EventQuery& query, const auto& row) { store.events(query, row); },
      [](const EventQuery&, const EventRow& row) { return to_json(row); },
      [](const EventRow& row) { return to_csv(row); }, [](const EventQuery&) { return csv_header(); },
      [](const EventRow& row) { return row.id; }}));
  all.push_back(endpoint(Listing<DocumentQuery, DocumentRow>{
      "documents", "The articles that were read",
      [](const Store& store, const DocumentQuery& query, const auto& row) { store.documents(query, row); },
      [](const DocumentQuery&, const DocumentRow& row) { return to_json(row); },
      [](const DocumentRow& row) { return to_csv(row); }, [](const DocumentQuery&) { return documents_csv_header(); },
      [](const DocumentRow& row) { return row.id; }}));
  all.push_back(endpoint(Listing<StatementQuery, StatementRow>{
      "statements", "What was said, and by whom",
      [](const Store& store, const StatementQuery& query, const auto& row) { store.statements(query, row); },
      [](const StatementQuery&, const StatementRow& row) { return to_json(row); },
      [](const StatementRow& row) { return to_csv(row); },
      [](const StatementQuery&) { return statements_csv_header(); }, [](const StatementRow& row) { return row.id; }}));
  all.push_back(endpoint(Listing<PositionQuery, PositionRow>{
      "positions", "Who stood where on what",
      [](const Store& store, const PositionQuery& query, const auto& row) { store.positions(query, row); },
      [](const PositionQuery&, const PositionRow& row) { return to_json(row); },
      [](const PositionRow& row) { return to_csv(row); },
      [](const PositionQuery&) { return positions_csv_header(); }}));
  all.push_back(endpoint(Listing<StoryQuery, Story>{
      "stories",
      "Acts, each once with all its reports",
      [](const Store& store, const StoryQuery& query, const auto& row) { store.stories(query, row); },
      [](const StoryQuery&, const Story& row) { return to_json(row); },
      [](const Story& row) { return to_csv(row); },
      [](const StoryQuery&) { return stories_csv_header(); },
      [](const Story& row) { return row.id; },
      {},
      {},
      true}));
  all.push_back(endpoint(Listing<StorylineQuery, Storyline>{
      "storylines",
      "Stories that belong together over time: of a page each with its first story, or so many as `steps` tells",
      [](const Store& store, const StorylineQuery& query, const auto& row) { store.storylines(query, row); },
      [](const StorylineQuery&, const Storyline& row) { return to_json(row); },
      [](const Storyline& row) { return to_csv(row); },
      [](const StorylineQuery&) { return storylines_csv_header(); },
      [](const Storyline& row) { return row.id; },
      {},
      {},
      true,
      [](const Values& values, StorylineQuery& query) { query.steps = values.number("steps", 1); }}));
  all.push_back(endpoint(Listing<InstrumentQuery, InstrumentHistory>{
      "instruments",
      "Plans, treaties, bills, resolutions, sanctions, and what became of them: of a page each with its first step, or "
      "so many as `steps` tells",
      [](const Store& store, const InstrumentQuery& query, const auto& row) { store.instruments(query, row); },
      [](const InstrumentQuery&, const InstrumentHistory& row) { return to_json(row); },
      [](const InstrumentHistory& row) { return to_csv(row); },
      [](const InstrumentQuery&) { return instruments_csv_header(); },
      [](const InstrumentHistory& row) { return row.id; },
      {},
      {},
      true,
      [](const Values& values, InstrumentQuery& query) { query.steps = values.number("steps", 1); }}));
  all.push_back(endpoint(Listing<PlaceQuery, PlaceRow>{
      "places", "Where events happened, with coordinates where they are known",
      [](const Store& store, const PlaceQuery& query, const auto& row) { store.places(query, row); },
      [](const PlaceQuery&, const PlaceRow& row) { return to_json(row); },
      [](const PlaceRow& row) { return to_csv(row); }, [](const PlaceQuery&) { return places_csv_header(); }}));
  all.push_back(endpoint(Listing<CorrectionQuery, Correction>{
      "corrections", "What people said of events, in the order in which they did",
      [](const Store& store, const CorrectionQuery& query, const auto& row) { store.corrections(query, row); },
      [](const CorrectionQuery&, const Correction& row) { return to_json(row); },
      [](const Correction& row) { return to_csv(row); },
      [](const CorrectionQuery&) { return corrections_csv_header(); }}));
  all.push_back(correcting());
  all.push_back(endpoint(counting("count", "Events by actor, month, type and more")));
  all.push_back(dyads());
  return all;
}

}  // namespace dragoman::serve
