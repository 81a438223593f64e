// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dragoman/engine.h"
#include "dragoman/error.h"
#include "dragoman/links.h"

namespace dragoman {

/// One row of the knowledge, as of the day asked for.
struct KnownRow {
  std::string office;  ///< people only
  std::string country;
  std::vector<std::string> sectors;
  std::string from, to;   ///< ISO 8601 days, `to` the first on which the row no longer holds; "" open
  std::string precision;  ///< of the dates: "day", "month", "year"; "" if not told
  std::string checked;    ///< the last month for which an open spell was known to hold
  std::string state;      ///< "holds", "former" or "future" on the day
  std::string row;        ///< "people.tsv:120"
};

/// That a state or body belongs to an organization, as of the day asked for.
struct KnownMembership {
  std::string key, name;  ///< of the other side: the member, or the organization
  std::string role;       ///< "member", "permanent", "elected", "associate", "observer"
  std::string from, to;   ///< as exactly as they are known: "2004-03-29", "1961"; `to` the first day no longer; "" open
  std::string state;      ///< "holds", "former" or "future" on the day
  std::string row;        ///< "memberships.tsv:12"
};

/// One thing that a name may mean.
struct KnownReading {
  std::string key;   ///< "country:CHN", "igo:nato", "person:xi-jinping"
  std::string kind;  ///< "country", "organization", "person", "city", "region"
  std::string type;  ///< the row's own kind: "historic", "armed-group", "province", …
  std::string name;
  std::string sense;           ///< how the name speaks of it: "name", "adjective", "people", "capital", "seat"
  std::vector<KnownRow> rows;  ///< of a person all office spells, those that hold first; else the one row
  std::optional<double> lat = {}, lon = {};       ///< cities only, in degrees
  int64_t population = 0;                         ///< cities only; 0 = not known
  std::vector<KnownMembership> members = {};      ///< organizations only; those that hold first, by name
  std::vector<KnownMembership> memberships = {};  ///< countries and organizations; what it belongs to, likewise
};

/// A noun of office or role.
struct KnownNoun {
  std::string noun;
  std::vector<std::string> sectors;
  std::string row;
};

/// What is known of a name, or of a phrase that describes somebody, on a day.
struct Known {
  std::string name;
  std::string date;  ///< ISO 8601; "" if none was told: every row holds
  /// As whom the engine would take the phrase if it acted in an article of the day and nothing else were told.
  std::optional<Entity> actor;
  std::vector<KnownReading> readings;  ///< those that hold first; countries, bodies, people, regions, cities
  std::optional<KnownNoun> noun;       ///< the phrase ends in it
};

/// One JSON object, keys in fixed order.
std::string to_json(const Known& known);

/// The knowledge to look things up in. Opened once, then const and shared by threads.
class Almanac {
 public:
  /// Uses `data` and `knowledge` of the options. Throws Failure (kKnowledge) with file and line where a row is wrong.
  static Almanac open(const EngineOptions& options = {});

  Almanac(Almanac&&) noexcept;
  Almanac& operator=(Almanac&&) noexcept;
  ~Almanac();

  /// `date` is a day (YYYY-MM-DD) or "". Errors: kUsage where it is neither.
  Result<Known> look_up(const std::string& name, const std::string& date = "") const;

 private:
  struct Parts;
  explicit Almanac(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// All that is wrong with the user's own rows in `options.knowledge`, each with file and line; nothing if all is
/// well. Throws Failure (kKnowledge) where that folder cannot be read, or the built-in knowledge is broken.
std::vector<Error> knowledge_faults(const EngineOptions& options);

}  // namespace dragoman
