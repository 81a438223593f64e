// SPDX-License-Identifier: Apache-2.0
// What the sources of this folder share of the parser; nobody else sees it.
#pragma once

#include <lexbor/dom/dom.h>
#include <lexbor/html/html.h>
#include <lexbor/html/tokenizer/state_rawtext.h>
#include <lexbor/html/tokenizer/state_script.h>
#include <lexbor/html/tree/insertion_mode.h>

#include <array>
#include <string_view>
#include <utility>

#include "html/document.h"

namespace dragoman::html {

inline lxb_dom_node_t* raw_node(void* raw) { return static_cast<lxb_dom_node_t*>(raw); }

inline std::string_view view(const lxb_char_t* bytes, size_t size) {
  return bytes == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(bytes), size);
}

inline constexpr std::array<std::pair<unsigned, Tag>, 85> kTags{{{LXB_TAG_A, Tag::kA},
                                                                 {LXB_TAG_ABBR, Tag::kAbbr},
                                                                 {LXB_TAG_ADDRESS, Tag::kAddress},
                                                                 {LXB_TAG_ARTICLE, Tag::kArticle},
                                                                 {LXB_TAG_ASIDE, Tag::kAside},
                                                                 {LXB_TAG_AUDIO, Tag::kAudio},
                                                                 {LXB_TAG_B, Tag::kB},
                                                                 {LXB_TAG_BLOCKQUOTE, Tag::kBlockquote},
                                                                 {LXB_TAG_BODY, Tag::kBody},
                                                                 {LXB_TAG_BR, Tag::kBr},
                                                                 {LXB_TAG_BUTTON, Tag::kButton},
                                                                 {LXB_TAG_CANVAS, Tag::kCanvas},
                                                                 {LXB_TAG_CAPTION, Tag::kCaption},
                                                                 {LXB_TAG_CITE, Tag::kCite},
                                                                 {LXB_TAG_CODE, Tag::kCode},
                                                                 {LXB_TAG_DD, Tag::kDd},
                                                                 {LXB_TAG_DETAILS, Tag::kDetails},
                                                                 {LXB_TAG_DIALOG, Tag::kDialog},
                                                                 {LXB_TAG_DIV, Tag::kDiv},
                                                                 {LXB_TAG_DL, Tag::kDl},
                                                                 {LXB_TAG_DT, Tag::kDt},
                                                                 {LXB_TAG_EM, Tag::kEm},
                                                                 {LXB_TAG_EMBED, Tag::kEmbed},
                                                                 {LXB_TAG_FIELDSET, Tag::kFieldset},
                                                                 {LXB_TAG_FIGCAPTION, Tag::kFigcaption},
                                                                 {LXB_TAG_FIGURE, Tag::kFigure},
                                                                 {LXB_TAG_FONT, Tag::kFont},
                                                                 {LXB_TAG_FOOTER, Tag::kFooter},
                                                                 {LXB_TAG_FORM, Tag::kForm},
                                                                 {LXB_TAG_H1, Tag::kH1},
                                                                 {LXB_TAG_H2, Tag::kH2},
                                                                 {LXB_TAG_H3, Tag::kH3},
                                                                 {LXB_TAG_H4, Tag::kH4},
                                                                 {LXB_TAG_H5, Tag::kH5},
                                                                 {LXB_TAG_H6, Tag::kH6},
                                                                 {LXB_TAG_HEAD, Tag::kHead},
                                                                 {LXB_TAG_HEADER, Tag::kHeader},
                                                                 {LXB_TAG_HR, Tag::kHr},
                                                                 {LXB_TAG_HTML, Tag::kHtml},
                                                                 {LXB_TAG_I, Tag::kI},
                                                                 {LXB_TAG_IFRAME, Tag::kIframe},
                                                                 {LXB_TAG_IMG, Tag::kImg},
                                                                 {LXB_TAG_INPUT, Tag::kInput},
                                                                 {LXB_TAG_LABEL, Tag::kLabel},
                                                                 {LXB_TAG_LEGEND, Tag::kLegend},
                                                                 {LXB_TAG_LI, Tag::kLi},
                                                                 {LXB_TAG_LINK, Tag::kLink},
                                                                 {LXB_TAG_MAIN, Tag::kMain},
                                                                 {LXB_TAG_MATH, Tag::kMath},
                                                                 {LXB_TAG_META, Tag::kMeta},
                                                                 {LXB_TAG_NAV, Tag::kNav},
                                                                 {LXB_TAG_NOSCRIPT, Tag::kNoscript},
                                                                 {LXB_TAG_OBJECT, Tag::kObject},
                                                                 {LXB_TAG_OL, Tag::kOl},
                                                                 {LXB_TAG_OPTION, Tag::kOption},
                                                                 {LXB_TAG_P, Tag::kP},
                                                                 {LXB_TAG_PICTURE, Tag::kPicture},
                                                                 {LXB_TAG_PRE, Tag::kPre},
                                                                 {LXB_TAG_Q, Tag::kQ},
                                                                 {LXB_TAG_S, Tag::kS},
                                                                 {LXB_TAG_SCRIPT, Tag::kScript},
                                                                 {LXB_TAG_SECTION, Tag::kSection},
                                                                 {LXB_TAG_SELECT, Tag::kSelect},
                                                                 {LXB_TAG_SMALL, Tag::kSmall},
                                                                 {LXB_TAG_SOURCE, Tag::kSource},
                                                                 {LXB_TAG_SPAN, Tag::kSpan},
                                                                 {LXB_TAG_STRONG, Tag::kStrong},
                                                                 {LXB_TAG_STYLE, Tag::kStyle},
                                                                 {LXB_TAG_SUB, Tag::kSub},
                                                                 {LXB_TAG_SUMMARY, Tag::kSummary},
                                                                 {LXB_TAG_SUP, Tag::kSup},
                                                                 {LXB_TAG_SVG, Tag::kSvg},
                                                                 {LXB_TAG_TABLE, Tag::kTable},
                                                                 {LXB_TAG_TBODY, Tag::kTbody},
                                                                 {LXB_TAG_TD, Tag::kTd},
                                                                 {LXB_TAG_TEMPLATE, Tag::kTemplate},
                                                                 {LXB_TAG_TEXTAREA, Tag::kTextarea},
                                                                 {LXB_TAG_TFOOT, Tag::kTfoot},
                                                                 {LXB_TAG_TH, Tag::kTh},
                                                                 {LXB_TAG_THEAD, Tag::kThead},
                                                                 {LXB_TAG_TIME, Tag::kTime},
                                                                 {LXB_TAG_TITLE, Tag::kTitle},
                                                                 {LXB_TAG_TR, Tag::kTr},
                                                                 {LXB_TAG_U, Tag::kU},
                                                                 {LXB_TAG_UL, Tag::kUl}}};

inline constexpr auto kTagOf = [] {
  std::array<Tag, LXB_TAG__LAST_ENTRY> tags{};
  for (const auto& [id, tag] : kTags) tags[id] = tag;
  tags[LXB_TAG_VIDEO] = Tag::kVideo;
  tags[LXB_TAG_WBR] = Tag::kWbr;
  return tags;
}();

inline Tag tag_of(lxb_tag_id_t id) { return id < kTagOf.size() ? kTagOf[id] : Tag::kOther; }

}  // namespace dragoman::html
