// SPDX-License-Identifier: Apache-2.0
#include "dragoman/input.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "ingest/extract.h"

namespace dragoman {
namespace {

namespace fs = std::filesystem;

class InputTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "dragoman_input_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string write(const std::string& name, const std::string& bytes) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << bytes;
    return (root_ / name).string();
  }

  // Every page ("source text") and error ("!place: message") in order, the folder's name left out.
  std::string read(std::vector<std::string> paths, Format format = Format::kAuto) {
    Input input(std::move(paths), {format});
    std::string all;
    Result<Page> page = Page();
    while (input.next(page)) {
      all += page ? page->source + " " + page->bytes.substr(0, 40) : "!" + page.error().describe();
      all += "\n";
    }
    done_ = input.bytes_done();
    known_ = input.bytes_known();
    const std::string prefix = root_.string() + "/";
    for (size_t at = all.find(prefix); at != std::string::npos; at = all.find(prefix)) all.erase(at, prefix.size());
    return all;
  }

  fs::path root_;
  uint64_t done_ = 0, known_ = 0;
};

TEST_F(InputTest, FilesAndFoldersSortedByName) {
  write("d/b.txt", "B");
  write("d/a/z.txt", "Z");
  write("d/.hidden", "H");
  const std::string c = write("c.html", "<p>C");
  EXPECT_EQ(read({c, (root_ / "d").string()}), "c.html <p>C\nd/a/z.txt Z\nd/b.txt B\n");
  EXPECT_EQ(done_, 6U);
  EXPECT_EQ(known_, 6U);
}

TEST_F(InputTest, UnreadableAndEmptyDoNotStopTheOthers) {
  const std::string empty = write("empty.txt", "");
  const std::string good = write("good.txt", "Good.");
  EXPECT_EQ(read({(root_ / "none.txt").string(), empty, good}),
            "!none.txt: cannot be read: No such file or directory\n!empty.txt: is empty\ngood.txt Good.\n");
}

TEST_F(InputTest, FileWithoutPermission) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const std::string locked = write("locked.txt", "Secret.");
  fs::permissions(locked, fs::perms::none);
  EXPECT_EQ(read({locked}), "!locked.txt: cannot be read: Permission denied\n");
}

TEST_F(InputTest, NamesThatAreNotUtf8AreSaidAsUtf8) {
  const std::string bad = write("bad\xFF.txt", "Good.");
  EXPECT_EQ(read({bad}), "bad\xEF\xBF\xBD.txt Good.\n");
  EXPECT_EQ(read({(root_ / "none\xFE").string()}), "!none\xEF\xBF\xBD: cannot be read: No such file or directory\n");
  const std::string lines = write("l\xC3.jsonl", "{\"id\": \"a\", \"text\": \"One.\"}\n{\n");
  const std::string got = read({lines});
  EXPECT_NE(got.find("l\xEF\xBF\xBD.jsonl#a One.\n!l\xEF\xBF\xBD.jsonl:2: is not JSON"), std::string::npos) << got;
}

TEST_F(InputTest, PipesAreReadWhereNamedAndPassedOverInFolders) {
  fs::create_directory(root_ / "d");
  const std::string pipe = (root_ / "d" / "pipe").string();
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  write("d/z.txt", "Z");
  EXPECT_EQ(read({(root_ / "d").string()}),
            "!d/pipe: is a pipe; in folders pipes are passed over (name it to read it)\nd/z.txt Z\n");
  // Longer than a pipe holds, so that the line comes in pieces.
  const std::string text(200'000, 'a');
  std::thread writer([&] { std::ofstream(pipe) << "{\"id\": \"x\", \"text\": \"" << text << "\"}\n"; });
  EXPECT_EQ(read({pipe}), "d/pipe#x " + text.substr(0, 40) + "\n");
  writer.join();
}

TEST_F(InputTest, DevicesAndSocketsAreRefused) {
  EXPECT_EQ(read({"/dev/zero"}), "!/dev/zero: is a device; give a file, a folder or - for standard input\n");
  const std::string path = (root_ / "s").string();
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  ASSERT_LT(path.size(), sizeof address.sun_path);
  std::copy(path.begin(), path.end(), address.sun_path);
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(read({path}), "!s: is a socket; give a file, a folder or - for standard input\n");
  EXPECT_EQ(read({root_.string()}), "!s: is a socket, no file\n");
  close(socket);
}

TEST_F(InputTest, FolderLoopIsNamedAndTheRestRead) {
  write("d/a.txt", "A");
  write("d/sub/b.txt", "B");
  fs::create_directory_symlink(root_ / "d", root_ / "d" / "sub" / "again");
  EXPECT_EQ(read({(root_ / "d").string()}),
            "d/a.txt A\n!d/sub/again: is a link back to the folder d around it (a loop); it is not "
            "followed\nd/sub/b.txt B\n");
}

TEST_F(InputTest, BrokenLinkAndEmptyFolder) {
  fs::create_symlink(root_ / "nowhere", root_ / "link");
  fs::create_directory(root_ / "hollow");
  EXPECT_EQ(read({(root_ / "link").string(), (root_ / "hollow").string()}),
            "!link: cannot be read: No such file or directory\n!hollow: is a folder without files\n");
}

TEST_F(InputTest, JsonLines) {
  const std::string path = write("a.jsonl",
                                 "{\"id\": \"n1\", \"text\": \"One.\", \"title\": \"T\", \"published\": "
                                 "\"2023-02-28\", \"url\": \"u\", \"more\": [1]}\n"
                                 "\n"
                                 "{\"id\": 7, \"event_text\": \"Two.\", \"date\": \"2023-03-01\"}\n"
                                 "{\"text\": \"Three.\"}");
  EXPECT_EQ(read({path}), "a.jsonl#n1 One.\na.jsonl#7 Two.\na.jsonl#4 Three.\n");
  Input input({path});
  Result<Page> page = Page();
  ASSERT_TRUE(input.next(page));
  EXPECT_EQ(page->title, "T");
  EXPECT_EQ(page->published, "2023-02-28");
  EXPECT_EQ(page->url, "u");
  EXPECT_EQ(page->place, path + ":1");
  ASSERT_TRUE(input.next(page));
  EXPECT_EQ(page->published, "2023-03-01");
}

TEST_F(InputTest, BadLinesOfJson) {
  const std::string path = write("a.jsonl",
                                 "{\"text\": \"One.\"}\n{\"text\": \n[1, 2]\n{\"id\": \"x\", \"title\": "
                                 "\"T\"}\n{\"text\": \"  \"}\n{\"text\": \"\xFF\"}\n{\"text\": \"Last.\"}\n");
  const std::string got = read({path});
  EXPECT_NE(got.find("a.jsonl#1 One.\n!a.jsonl:2: is not JSON: "), std::string::npos) << got;
  EXPECT_NE(got.find("!a.jsonl:3: is JSON but no object with fields\n"
                     "!a.jsonl:4#x: has no field \"text\" (or \"event_text\") with text in it\n"
                     "!a.jsonl:5: has no field \"text\" (or \"event_text\") with text in it\n"
                     "!a.jsonl:6: is not UTF-8, as JSON has to be\na.jsonl#7 Last.\n"),
            std::string::npos)
      << got;
}

TEST_F(InputTest, LinesOfJsonWithoutText) {
  const std::string missing = ": has no field \"text\" (or \"event_text\") with text in it\n";
  EXPECT_EQ(read({write("a.jsonl",
                        "{\"text\": 5}\n{\"id\": \"x\", \"event_text\": [\"One.\"]}\n{\"text\": "
                        "\"\\u200b\\u00a0\\ufeff \"}\n{\"text\": null, \"event_text\": \"Two.\"}\n")}),
            "!a.jsonl:1: has a field \"text\" that is no string\n"
            "!a.jsonl:2#x: has a field \"event_text\" that is no string\n!a.jsonl:3" +
                missing + "a.jsonl#4 Two.\n");
}

TEST_F(InputTest, HalfACharacterInJsonIsNamed) {
  EXPECT_EQ(read({write("a.jsonl",
                        "{\"text\": \"One \\ud800.\"}\n{\"text\": \"Two \\\\\\udc00\"}\n"
                        "{\"text\": \"\\ud83d\\ude00\"}\n")}),
            "!a.jsonl:1: has the escape \\ud800, half a character whose other half is missing\n"
            "!a.jsonl:2: has the escape \\udc00, half a character whose other half is missing\n"
            "a.jsonl#3 \xF0\x9F\x98\x80\n");
}

TEST_F(InputTest, JsonLinesInUtf16AreNamed) {
  const std::string json = "{\"text\": \"One.\"}\n";
  std::string wide;
  for (const char c : json) wide += {c, '\0'};
  const std::string message = "is UTF-16; JSON Lines have to be UTF-8 (iconv -f utf-16le -t utf-8 converts it)\n";
  for (const std::string& bytes : {wide, "\xFF\xFE" + wide}) {
    EXPECT_EQ(read({write("a.jsonl", bytes)}), "!a.jsonl: " + message);
    EXPECT_EQ(read({write("lines", bytes)}), "!lines: " + message);
  }
}

TEST_F(InputTest, JsonLinesAreKnownByTheirFirstLine) {
  EXPECT_EQ(read({write("lines", "{\"id\": \"a\", \"text\": \"One.\"}\n{\"text\": \"Two.\"}\n")}),
            "lines#a One.\nlines#2 Two.\n");
  EXPECT_EQ(read({write("prose", "{a brace} begins this text.")}), "prose {a brace} begins this text.\n");
  EXPECT_EQ(read({write("one.json", "{\n  \"id\": \"a\",\n  \"text\": \"One.\"\n}\n")}), "one.json#a One.\n");
}

TEST_F(InputTest, FileOfBlankLinesIsEmptyAndBinaryIsNamed) {
  EXPECT_EQ(read({write("blank.jsonl", "\n \n")}), "!blank.jsonl: has no line of JSON\n");
  EXPECT_EQ(read({write("x.jsonl", "\x1F\x8B\x08...")}), "!x.jsonl: is a gzip file that is damaged at byte 4\n");
}

TEST_F(InputTest, OverlongLineIsLeftOutAndTheNextOneRead) {
  std::string bytes = "{\"text\": \"" + std::string((64 << 20) + 10, 'a') + "\"}\n{\"text\": \"Next.\"}\n";
  const std::string path = write("long.jsonl", bytes);
  EXPECT_EQ(read({path}), "!long.jsonl:1: is larger than the limit of 64 MB\nlong.jsonl#2 Next.\n");
  EXPECT_EQ(done_, bytes.size());
}

TEST_F(InputTest, OverlongFile) {
  EXPECT_EQ(read({write("long.txt", std::string((64 << 20) + 1, 'a'))}),
            "!long.txt: is larger than the limit of 64 MB\n");
}

std::string sentences(size_t bytes) {
  std::string text;
  text.reserve(bytes + 1000);
  const char* const words[] = {
      "the", "council",  "of",   "Norland", "voted",  "to",  "send",   "an",   "envoy",   "with",  "maps", "and",
      "a",   "minister", "who",  "spoke",   "for",    "the", "army",   "in",   "Sudmark", "after", "long", "debates",
      "on",  "bridges",  "that", "were",    "closed", "by",  "guards", "when", "ships",   "came"};
  uint32_t random = 1;
  const auto next = [&] { return (random = random * 1664525U + 1013904223U) >> 16; };
  while (text.size() < bytes) {
    for (int sentence = 0; sentence < 4; ++sentence) {
      text += "She said";
      for (int word = 0; word < 16; ++word) text += std::string(" ") + words[next() % std::size(words)];
      text += ". ";
    }
    text += "\n\n";
  }
  return text;
}

TEST_F(InputTest, LongTextIsReadWhole) {
  const std::string text = sentences(1'900'000);
  Input input({write("long.txt", text)});
  Result<Page> page = Page();
  ASSERT_TRUE(input.next(page));
  const auto article = ingest::extract(*page);
  ASSERT_TRUE(article) << article.error().describe();
  EXPECT_GT(article->text.size(), 1'880'000U);
  EXPECT_EQ(article->language, "en");
}

TEST_F(InputTest, FiftyMegabytesOfTextAreMoreThanOneDocument) {
  const std::string message =
      "holds 50.1 MB of text; one document may have 2 MB (split it, or give its parts as JSON Lines)";
  Page page;
  page.place = "long.txt";
  page.bytes = sentences(50 << 20);
  for (const Format format : {Format::kText, Format::kAuto, Format::kJsonLines}) {
    page.format = format;
    const auto article = ingest::extract(page);
    ASSERT_FALSE(article);
    EXPECT_EQ(article.error().code, ErrorCode::kTooLarge);
    EXPECT_EQ(article.error().describe(), "long.txt: " + message);
  }
  page.bytes = "<p>" + page.bytes;
  page.format = Format::kHtml;
  EXPECT_EQ(ingest::extract(page).error().code, ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace dragoman
