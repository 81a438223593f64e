#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Pages a second of other readers of articles, on the same pages and measured the same way as page_bench:

    python3 -m venv peers && peers/bin/pip install trafilatura newspaper4k lxml_html_clean resiliparse
    peers/bin/python bench/peers/compare.py [--rounds N] [--bench build/release/bench/page_bench] FILE...
    peers/bin/python bench/peers/compare.py --articles PEER < LIST      for scoring: see below

Files are read into memory first. A figure is the time of the processor for all files, the least of N rounds. Each reader
gives all that it can in one go: trafilatura text and metadata, newspaper4k title, authors, date and text, resiliparse
the main text alone. Those that are not installed are left out.

--articles takes the list of pages that article_dump takes ({"id", "file", "url"} a line) and prints the same fields that
article_dump prints ({"id", "text", "title", "authors", "date"}), so that one scorer scores them all.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import time


def trafilatura_reader():
    from trafilatura import bare_extraction

    def read(page, url):
        found = bare_extraction(page, url=url or None, with_metadata=True)
        if found is None:
            return {}
        found = found if isinstance(found, dict) else found.as_dict()
        authors = [name.strip() for name in (found.get("author") or "").split(";") if name.strip()]
        return {"text": found.get("text") or "", "title": found.get("title") or "", "authors": authors,
                "date": found.get("date") or ""}
    return read


def newspaper_reader():
    import newspaper

    def read(page, url):
        article = newspaper.Article(url or "http://example.com/", fetch_images=False)
        article.download(input_html=page.decode("utf-8", "replace"))
        article.parse()
        return {"text": article.text, "title": article.title, "authors": article.authors,
                "date": article.publish_date.isoformat() if article.publish_date else ""}
    return read


def resiliparse_reader():
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    def read(page, url):
        del url
        return {"text": extract_plain_text(bytes_to_str(page, detect_encoding(page)), main_content=True)}
    return read


READERS = {"trafilatura": trafilatura_reader, "newspaper4k": newspaper_reader, "resiliparse": resiliparse_reader}


def installed():
    for name, make in READERS.items():
        try:
            yield name, make()
        except ImportError as error:
            print(f"{name}: not installed ({error})", file=sys.stderr)


def timed(read, pages, rounds):
    """Least processor seconds for all pages, and how many failed."""
    best, failed = float("inf"), 0
    for _ in range(rounds):
        failed, start = 0, time.process_time()
        for page in pages:
            try:
                read(page, "")
            except Exception:  # a peer may raise anything; a page it cannot read counts as read
                failed += 1
        best = min(best, time.process_time() - start)
    return best, failed


def print_articles(name):
    read = READERS[name]()
    for line in sys.stdin:
        page = json.loads(line)
        try:
            article = read(pathlib.Path(page["file"]).read_bytes(), page.get("url", ""))
        except Exception as error:  # a peer may raise anything
            article = {"error": str(error)}
        print(json.dumps({"id": page["id"], **article}, ensure_ascii=False))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--bench", type=pathlib.Path, help="page_bench, for our own figure beside the others")
    parser.add_argument("--articles", choices=sorted(READERS), metavar="PEER")
    args = parser.parse_args()
    if args.articles:
        return print_articles(args.articles)
    if not args.files:
        parser.error("name some pages")
    if args.bench:
        subprocess.run([args.bench, "--rounds", str(args.rounds), *args.files], check=True)
    pages = [file.read_bytes() for file in args.files]
    size = sum(map(len, pages)) / len(pages) / 1000
    for name, read in installed():
        seconds, failed = timed(read, pages, args.rounds)
        print(f"{name}: {len(pages)} pages of {size:.0f} KB, {len(pages) / seconds:.1f} pages/s a core, {failed} failed")


if __name__ == "__main__":
    main()
