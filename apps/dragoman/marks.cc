// SPDX-License-Identifier: Apache-2.0
#include "marks.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "terminal.h"

namespace dragoman::cli {
namespace {

// Of two marks at one place the statement is outside, then actor, recipient, trigger.
bool outer_first(const Mark& a, const Mark& b) {
  return std::tuple(a.span.begin, b.span.end, a.kind) < std::tuple(b.span.begin, a.span.end, b.kind);
}

class Collector {
 public:
  void add(Span span, MarkKind kind, const std::string& name, size_t number) {
    std::string& label = labels_[{span, kind}];
    label.append(label.empty() ? name : ",").append(std::to_string(number));
  }
  // Triggers name their type; two acts told by one word are named both.
  void add_trigger(Span span, const std::string& type, size_t number) {
    std::string& label = labels_[{span, MarkKind::kTrigger}];
    label.append(label.empty() ? "" : " ").append(type).append("#").append(std::to_string(number));
  }

  std::vector<Mark> take() const {
    std::vector<Mark> marks;
    for (const auto& [key, label] : labels_) marks.push_back({key.first, key.second, label});
    std::stable_sort(marks.begin(), marks.end(), outer_first);
    return marks;
  }

 private:
  std::map<std::pair<Span, MarkKind>, std::string> labels_;
};

/// Cuts marks where they would cross the end of one that began before, so that all nest.
std::vector<Mark> nested(const std::vector<Mark>& marks) {
  std::vector<Mark> out, todo(marks.rbegin(), marks.rend());
  std::vector<Span> open;
  while (!todo.empty()) {
    Mark mark = todo.back();
    todo.pop_back();
    while (!open.empty() && open.back().end <= mark.span.begin) open.pop_back();
    if (!open.empty() && open.back().end < mark.span.end) {
      Mark rest = mark;
      rest.span.begin = mark.span.end = open.back().end;
      todo.insert(std::upper_bound(todo.begin(), todo.end(), rest,
                                   [](const Mark& a, const Mark& b) { return outer_first(b, a); }),
                  rest);
    }
    open.push_back(mark.span);
    out.push_back(mark);
  }
  return out;
}

constexpr const char* kReset = "\033[0m";

// Underlined what was said; green who acts, blue towards whom, bold red the act.
const char* style(MarkKind kind) {
  switch (kind) {
    case MarkKind::kStatement: return "\033[4m";
    case MarkKind::kActor: return "\033[32m";
    case MarkKind::kRecipient: return "\033[34m";
    case MarkKind::kTrigger: return "\033[1;31m";
  }
  return "";
}

}  // namespace

std::vector<Mark> marks_of(const Record& record) {
  Collector collector;
  for (size_t i = 0; i < record.statements.size(); ++i)
    collector.add(record.statements[i].content, MarkKind::kStatement, "s", i + 1);
  for (size_t i = 0; i < record.events.size(); ++i) {
    const Event& event = record.events[i];
    collector.add_trigger(event.trigger, to_string(event.type), i + 1);
    for (const Participant& actor : event.actors) collector.add(actor.span, MarkKind::kActor, "actor#", i + 1);
    for (const Participant& recipient : event.recipients)
      collector.add(recipient.span, MarkKind::kRecipient, "recipient#", i + 1);
  }
  return collector.take();
}

std::string bracketed(const std::string& text, const std::vector<Mark>& marks) {
  std::string out;
  std::vector<uint32_t> ends;  // of the open brackets, innermost last
  uint32_t at = 0;
  const auto copy_to = [&](uint32_t to) {
    while (!ends.empty() && ends.back() <= to) {
      out.append(text, at, ends.back() - at).push_back(']');
      at = ends.back();
      ends.pop_back();
    }
    out += visible(std::string_view(text).substr(at, to - at));
    at = to;
  };
  for (const Mark& mark : nested(marks)) {
    copy_to(mark.span.begin);
    out.append("[").append(mark.label).append(": ");
    ends.push_back(mark.span.end);
  }
  copy_to(static_cast<uint32_t>(text.size()));
  return out;
}

std::string coloured(const std::string& text, const std::vector<Mark>& marks) {
  std::vector<uint32_t> borders = {0, static_cast<uint32_t>(text.size())};
  for (const Mark& mark : marks) borders.insert(borders.end(), {mark.span.begin, mark.span.end});
  std::sort(borders.begin(), borders.end());
  borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
  std::string out;
  for (size_t i = 0; i + 1 < borders.size(); ++i) {
    const Span piece = {borders[i], borders[i + 1]};
    std::string styles;
    for (const Mark& mark : marks) {
      if (mark.span.contains(piece)) styles += style(mark.kind);
    }
    out.append(styles).append(visible(piece.of(text)));
    if (!styles.empty()) out += kReset;
    for (const Mark& mark : marks) {
      if (mark.kind == MarkKind::kTrigger && mark.span.end == piece.end)
        out.append("\033[2m[").append(mark.label).append("]").append(kReset);
    }
  }
  return out;
}

}  // namespace dragoman::cli
