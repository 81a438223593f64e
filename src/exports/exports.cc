// SPDX-License-Identifier: Apache-2.0
#include "dragoman/exports.h"

#include <algorithm>
#include <filesystem>

#include "base/json_writer.h"
#include "base/text.h"
#include "dragoman/version.h"
#include "exports/profile.h"

namespace dragoman {
namespace {

using exports::Resource;

struct Known {
  ExportProfile profile;
  std::unique_ptr<exports::Profile> (*make)(const exports::Setting&);
  bool tables = false;  ///< of our own, which may be Parquet
};

const std::vector<Known>& known() {
  static const std::vector<Known> all = {
      {{"native", "long tables (CSV): documents, entities, events, participants, statements, quantities, …", true},
       exports::native_tables,
       true},
      {{"dyads", "one wide row (CSV) for each actor and recipient of an event", true}, exports::dyads, true},
      {{"plover", "PLOVER's JSON, an event a line", true}, exports::plover},
      {{"polecat", "POLECAT's 40 columns, tab-separated", false}, exports::polecat},
      {{"icews", "ICEWS' 20 columns, tab-separated", false}, exports::icews},
      {{"gdelt2", "GDELT 2 events (61 columns) and mentions", false}, exports::gdelt2},
      {{"gdelt1", "GDELT 1 events (58 columns)", false}, exports::gdelt1},
      {{"cameo-xml", "CAMEO XML with sentences and offsets", false}, exports::cameo_xml},
      {{"annotations", "W3C Web Annotations, one a line", true}, exports::annotations},
      {{"label-studio", "Label Studio tasks with the record as predictions", true}, exports::label_studio},
      {{"brat", "brat stand-off: a .txt and a .ann for each document", true}, exports::brat}};
  return all;
}

void write_dialect(base::JsonWriter& json, exports::Delimiter delimiter) {
  json.key("dialect").begin_object();
  const bool comma = delimiter == exports::Delimiter::kComma;
  json.key("delimiter").value(comma ? "," : "\t").key("header").value(delimiter != exports::Delimiter::kTabBare);
  if (!comma) json.key("quoteChar").null();
  json.end_object();
}

void write_resource(base::JsonWriter& json, const Resource& resource) {
  json.begin_object();
  std::string name = base::lower_ascii(resource.file.name);
  std::replace(name.begin(), name.end(), ' ', '-');
  json.key("name").value(name).key("path").value(resource.file.name);
  json.key("format").value(resource.format);
  if (resource.format != "parquet") json.key("encoding").value("utf-8");
  json.key("bytes").value(resource.file.bytes).key("hash").value("sha256:" + resource.file.sha256);
  if (!resource.fields.empty()) {
    json.key("profile").value("tabular-data-resource");
    if (resource.delimiter != exports::Delimiter::kParquet) write_dialect(json, resource.delimiter);
    json.key("schema").begin_object().key("fields").begin_array();
    for (const auto& field : resource.fields) {
      json.begin_object().key("name").value(field.name).key("type").value(field.type);
      if (!field.description.empty()) json.key("description").value(field.description);
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_object();
}

ExportedFile write_package(const exports::Setting& setting, const ExportProfile& profile,
                           const std::vector<Resource>& all) {
  base::JsonWriter json;
  json.begin_object();
  json.key("name").value("dragoman-" + profile.name);
  json.key("title").value("Dragoman: " + profile.summary);
  json.key("profile").value("data-package");
  json.key("version").value(kVersion);
  json.key("resources").begin_array();
  for (const Resource& resource : all) write_resource(json, resource);
  json.end_array().end_object();
  exports::OutFile out(setting.folder, "datapackage.json");
  out.write(json.take() + '\n');
  return out.finish();
}

std::set<Status> statuses_of(const ExportRequest& request, const ExportProfile& profile) {
  if (!request.statuses.empty()) return {request.statuses.begin(), request.statuses.end()};
  if (!profile.tells_status) return {Status::kActual};
  std::set<Status> all;
  for (int i = 0; i < kStatuses; ++i) all.insert(static_cast<Status>(i));
  return all;
}

}  // namespace

const std::vector<ExportProfile>& export_profiles() {
  static const std::vector<ExportProfile> profiles = [] {
    std::vector<ExportProfile> all;
    for (const Known& one : known()) all.push_back(one.profile);
    return all;
  }();
  return profiles;
}

Result<std::vector<ExportedFile>> export_store(const Store& store, const ExportRequest& request,
                                               const std::string& data) {
  const auto& all = known();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Known& one) { return one.profile.name == request.profile; });
  if (found == all.end()) {
    std::vector<std::string> names;
    for (const Known& one : all) names.push_back(one.profile.name);
    return Error{ErrorCode::kUsage, '"' + request.profile + "\" is no profile; use one of " + base::join(names, ", "),
                 ""};
  }
  if (request.parquet && !found->tables) {
    return Error{ErrorCode::kUsage,
                 "profile " + request.profile + " has a form of its own; as Parquet there are native and dyads", ""};
  }
  try {
    std::error_code failed;
    std::filesystem::create_directories(request.folder, failed);
    if (failed) return Error{ErrorCode::kUnreadable, "cannot be made (" + failed.message() + ")", request.folder};
    const exports::Terms terms(data);
    const knowledge::Ontology ontology = knowledge::Ontology::load(data + "/ontology");
    const exports::Setting setting{request.folder,
                                   terms,
                                   ontology,
                                   statuses_of(request, found->profile),
                                   request.min_confidence,
                                   store,
                                   request.parquet ? exports::Delimiter::kParquet : exports::Delimiter::kComma};
    const auto profile = found->make(setting);
    std::optional<Error> damaged;
    store.records([&](const std::string& id, const std::string& json) {
      const auto record = record_from_json(json);
      if (!record) {
        damaged = Error{ErrorCode::kStore, "holds a record that is damaged: " + record.error().describe(), id};
        return false;
      }
      profile->add(exports::Document(*record));
      return true;
    });
    if (damaged) return *damaged;
    const std::vector<Resource> resources = profile->finish();
    std::vector<ExportedFile> files;
    for (const Resource& resource : resources) files.push_back(resource.file);
    files.push_back(write_package(setting, found->profile, resources));
    return files;
  } catch (const Failure& failure) {
    return failure.error();
  }
}

std::string citation(const Store& store) {
  std::string text = std::string("Dragoman ") + kVersion + " (Dragoman project, Apache-2.0).";
  std::string note;
  for (const Origin& origin : store.origins()) {
    note += (note.empty() ? "" : "; ") + std::string("engine ") + origin.engine + ", model " + origin.model +
            ", knowledge " + origin.knowledge + ", ontology " + origin.ontology;
  }
  const Store::Counts counts = store.counts();
  const std::string holds =
      std::to_string(counts.events) + " events of " + std::to_string(counts.documents) + " documents";
  return text + "\nRecord of international politics: " + holds + ".\nMade by: " + note +
         ".\n\n@software{dragoman,\n  title = {Dragoman}" + ",\n  author = {{The Dragoman project}},\n  version = {" +
         kVersion + "},\n  note = {" + holds + "; " + note + "}\n}\n";
}

}  // namespace dragoman
