// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <map>
#include <memory>

#include "command.h"
#include "dragoman/article_reader.h"
#include "output.h"
#include "pages.h"

namespace dragoman::cli {
namespace {

enum class Form { kJson, kText, kMarkdown };

struct Options {
  std::vector<std::string> inputs;
  Form form = Form::kJson;
  bool keep_dropped = false;
  ArticleOptions article;
  unsigned threads = 0;
};

/// Pages go to the reader of articles, what it makes of them to standard output, refusals to standard error.
class Reading {
 public:
  explicit Reading(const Options& options)
      : options_(options),
        pages_(options.inputs, {}, [this](const std::string&, const Error& error) { failed(error); }) {}

  int run() {
    read_articles(
        options_.threads, [this](Page& page) { return pages_.next(page); },
        [this](const Page&, Result<Article> article) {
          pages_.take([&] { article ? write(*article) : failed(article.error()); });
        },
        options_.article);
    pages_.finish();
    finish_output();
    return failures_ > 0 ? 1 : 0;
  }

 private:
  void write(const Article& article) {
    if (options_.form == Form::kJson) return print_line(to_json(article, options_.keep_dropped));
    if (written_++ > 0) print("\n");
    if (options_.form == Form::kMarkdown) return print(to_markdown(article));
    print_line(body_text(article));
  }

  void failed(const Error& error) {
    ++failures_;
    complain(error.describe());
  }

  const Options& options_;
  Pages pages_;
  uint64_t written_ = 0, failures_ = 0;
};

/// What a page took stays with the program for the next one: to give it back and take it again costs a twelfth of the
/// time.
void keep_memory() {
#ifdef __GLIBC__
  constexpr int kKept = 64 << 20;  // bytes
  mallopt(M_MMAP_THRESHOLD, kKept);
  mallopt(M_TRIM_THRESHOLD, kKept);
#endif
}

std::string fault_of_name(const std::string& value) { return value.empty() ? "the name is empty" : ""; }

constexpr const char* kExamples = R"(Examples:
  dragoman article page.html                      title, authors, dates with their evidence, text, as JSON on one line
  dragoman article --format text pages/           the running text alone
  dragoman article --format markdown page.html    for reading
  dragoman article --refused page.html            also if it is taken for no article: `refused` says why

Exit code: 0 all read, 1 something could not be read or is no article (each said on standard error), 2 wrong use.)";

}  // namespace

Run declare_article(CLI::App& parser) {
  const auto options = std::make_shared<Options>();
  const std::map<std::string, Form> forms = {
      {"json", Form::kJson}, {"text", Form::kText}, {"markdown", Form::kMarkdown}};
  parser.add_option("INPUT", options->inputs, "Files, folders, or - for standard input")
      ->required()
      ->check(CLI::Validator(fault_of_name, ""));
  parser
      .add_option_function<std::string>(
          "--format", [=](const std::string& name) { options->form = forms.at(name); }, "json, text or markdown")
      ->check(CLI::Validator(
          [=](const std::string& name) {
            return forms.count(name) > 0 ? "" : "\"" + name + "\" is no format; use json, text or markdown";
          },
          ""))
      ->type_name("FORMAT");
  parser.add_flag("--keep-dropped", options->keep_dropped, "Keep what was taken for page furniture, in JSON");
  parser.add_flag("--origins", options->article.origins,
                  "Tell which bytes of the page each character was made of, in JSON");
  parser.add_flag("--refused", options->article.refused,
                  "Print also what pages hold that are taken for no article, with the reason");
  parser.add_option("--threads", options->threads, "Pages read side by side; 0, the default, is one a core")
      ->type_name("N")
      ->check(CLI::Range(0U, 999U));
  parser.footer(kExamples);
  return [options] {
    keep_memory();
    return Reading(*options).run();
  };
}

}  // namespace dragoman::cli
