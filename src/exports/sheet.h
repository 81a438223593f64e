// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "dragoman/exports.h"
#include "dragoman/parquet.h"

namespace dragoman::exports {

/// A file being written beside its final name; it takes the name when it is whole. Throws Failure (kUnreadable).
class OutFile {
 public:
  OutFile(const std::string& folder, std::string name);
  ~OutFile();
  OutFile(const OutFile&) = delete;
  OutFile& operator=(const OutFile&) = delete;

  void write(std::string_view bytes);
  void count_row() { ++file_.rows; }
  ExportedFile finish();

 private:
  [[noreturn]] void fail(const char* what) const;

  std::string path_, part_;
  std::ofstream out_;
  base::Sha256 hash_;
  ExportedFile file_;
  bool finished_ = false;
};

/// How the cells of a table are set apart.
enum class Delimiter {
  kComma,    ///< RFC 4180: quoted where needed, lines end in CR LF, a header line
  kTab,      ///< no quoting: tabs and line ends inside a cell become spaces; a header line
  kTabBare,  ///< likewise without a header line
  kParquet,  ///< Apache Parquet, the file named .parquet instead of .csv
};

/// One column of a table of rows T.
template <class T>
struct Column {
  std::string name;
  std::string type;  ///< of Frictionless: string, integer, number, boolean, date
  std::string description;
  std::function<std::string(const T&)> cell;
};

/// What datapackage.json says of a file.
struct Resource {
  ExportedFile file;
  std::string format;  ///< "csv", "parquet", "tsv", "jsonl", "xml", "txt"
  struct Field {
    std::string name, type, description;
  };
  std::vector<Field> fields;  ///< none where the file is no table
  Delimiter delimiter = Delimiter::kComma;
};

std::string tab_cell(std::string_view text);
std::string file_name(const std::string& name, Delimiter delimiter);

/// A table of rows T.
template <class T>
class Sheet {
 public:
  Sheet(const std::string& folder, const std::string& name, std::vector<Column<T>> columns, Delimiter delimiter)
      : out_(folder, file_name(name, delimiter)), columns_(std::move(columns)), delimiter_(delimiter) {
    if (delimiter_ == Delimiter::kTabBare) return;
    if (delimiter_ == Delimiter::kParquet) {
      std::vector<ParquetWriter::Column> all;
      for (const Column<T>& column : columns_) all.push_back({column.name, column.type});
      parquet_.emplace(std::move(all), [this](std::string_view bytes) { out_.write(bytes); });
      return;
    }
    write([](const Column<T>& column) { return column.name; });
  }

  void row(const T& value) {
    if (parquet_) {
      cells_.clear();
      for (const Column<T>& column : columns_) cells_.push_back(column.cell(value));
      parquet_->row(cells_);
      out_.count_row();
      return;
    }
    write([&](const Column<T>& column) { return column.cell(value); });
    out_.count_row();
  }

  Resource finish() {
    if (parquet_) parquet_->finish();
    const char* const format = parquet_ ? "parquet" : delimiter_ == Delimiter::kComma ? "csv" : "tsv";
    Resource resource{out_.finish(), format, {}, delimiter_};
    for (const Column<T>& column : columns_) resource.fields.push_back({column.name, column.type, column.description});
    return resource;
  }

 private:
  template <class Cell>
  void write(const Cell& cell) {
    line_.clear();
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (i > 0) line_.push_back(delimiter_ == Delimiter::kComma ? ',' : '\t');
      const std::string text = cell(columns_[i]);
      line_ += delimiter_ == Delimiter::kComma ? base::csv_field(text) : tab_cell(text);
    }
    line_ += delimiter_ == Delimiter::kComma ? "\r\n" : "\n";
    out_.write(line_);
  }

  OutFile out_;
  std::vector<Column<T>> columns_;
  Delimiter delimiter_;
  std::string line_;
  std::optional<ParquetWriter> parquet_;
  std::vector<std::string> cells_;
};

}  // namespace dragoman::exports
