#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The HTTP server from outside: serve.py PROGRAM MAKE_STORE [unittest options]

Starts the real program on a free port and asks it as its clients would: what it answers is compared with what the
command line prints, and whatever is broken, hostile or slow must neither stop it nor be answered with a 5xx.
"""
import contextlib
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse

PROGRAM, MAKE_STORE = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
TOKEN = "a token for tests"
LISTS = ("events", "documents", "statements", "positions", "stories", "corrections")
TEXT = "The foreign minister of France condemned the attack on Monday and urged Germany to impose sanctions on Iran."


def cli(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, check=True).stdout


class Server:
    """`dragoman serve` on a free port, with a store of its own."""

    def __init__(self, *arguments, web=None, token=TOKEN):
        self.folder = tempfile.TemporaryDirectory()
        self.store = pathlib.Path(self.folder.name) / "news.db"
        subprocess.run([MAKE_STORE, self.store], check=True)
        self.web = pathlib.Path(self.folder.name) / "web"
        self.web.mkdir()
        for name, content in (web or {}).items():
            (self.web / name).parent.mkdir(parents=True, exist_ok=True)
            (self.web / name).write_bytes(content)
        environment = {key: value for key, value in os.environ.items() if not key.startswith("DRAGOMAN")}
        self.process = subprocess.Popen(
            [PROGRAM, "serve", self.store, "--port", "0", "--token", token, "--web", self.web, *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        self.address = self.process.stdout.readline().strip()
        self.port = urllib.parse.urlsplit(self.address).port

    def ask(self, path, method="GET", body=None, headers=None):
        """(status, headers, body) of one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()

    def json(self, path, **more):
        status, _, body = self.ask(path, **more)
        assert status in (200, 201), (path, status, body)
        return json.loads(body)

    def api(self, path, **query):
        return self.json("/api/v1/" + path + ("?" + urllib.parse.urlencode(query) if query else ""))

    def raw(self, data, wait=5.0):
        """All that comes back for these bytes until the server closes, or for so many seconds."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as connection:
            got = b""
            with contextlib.suppress(OSError):
                connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
                while piece := connection.recv(65536):
                    got += piece
            return got

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        self.process.stdout.close()
        self.process.stderr.close()
        self.folder.cleanup()
        return code


class Served(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(web={"index.html": b"<!doctype html><title>page</title>",
                                 "assets/app-1a2b3c.js": b"let x = 1", "assets/app-1a2b3c.js.gz": b"\x1f\x8bpacked"})

    @classmethod
    def tearDownClass(cls):
        if cls.server.process.poll() is not None:
            raise AssertionError("the server died: " + cls.server.process.stderr.read())
        assert cls.server.stop() == 0

    def refused(self, status, code, path, **more):
        got, headers, body = self.server.ask(path, **more)
        self.assertEqual(status, got, (path, body))
        self.assertEqual("application/json", headers["Content-Type"])
        error = json.loads(body)["error"]
        self.assertEqual(code, error["code"], error)
        self.assertTrue(error["message"])
        return error


class Answers(Served):
    def test_lists_are_what_the_command_line_prints(self):
        for name in LISTS:
            lines = cli(name, self.server.store, "--format", "jsonl").decode().splitlines()
            page = self.server.api(name)
            self.assertEqual([json.loads(line) for line in lines], page["items"], name)
            self.assertIsNone(page["next"])
            self.assertEqual(len(lines), page["total"])
        self.assertTrue(self.server.api("events")["items"])

    def test_downloads_are_what_the_command_line_prints(self):
        for name in LISTS:
            for form in ("csv", "jsonl"):
                status, headers, body = self.server.ask(f"/api/v1/{name}?format={form}")
                self.assertEqual(200, status)
                self.assertEqual(cli(name, self.server.store, "--format", form), body, name)
                self.assertEqual(f'attachment; filename="{name}.{form}"', headers["Content-Disposition"])
            items = self.server.api(name)["items"]
            self.assertEqual(items, json.loads(self.server.ask(f"/api/v1/{name}?format=json")[2]))
            status, headers, body = self.server.ask(f"/api/v1/{name}?format=parquet")
            self.assertEqual(200, status)
            self.assertEqual((b"PAR1", b"PAR1"), (body[:4], body[-4:]), name)
            self.assertEqual("application/vnd.apache.parquet", headers["Content-Type"])

    def test_each_filter_means_what_the_flag_means(self):
        for query in ({"type": "ASSAULT"}, {"type": "assault"}, {"actor": "XNO"}, {"recipient": "Sudria"},
                      {"from": "2031-05"}, {"to": "2031-05-15"}, {"status": "actual"}, {"text": "shell*"},
                      {"min-confidence": "0.9"}, {"sort": "newest"}, {"sort": "score", "limit": "1"}):
            flags = [part for name, value in query.items() for part in ("--" + name, value)]
            lines = cli("events", self.server.store, "--format", "jsonl", *flags).decode().splitlines()
            self.assertEqual([json.loads(line) for line in lines], self.server.api("events", **query)["items"], query)

    def test_counts_take_several_keys(self):
        lines = cli("count", self.server.store, "--by", "actor,type", "--format", "jsonl").decode().splitlines()
        for path in ("count?by=actor,type", "count?by=actor&by=type"):
            self.assertEqual([json.loads(line) for line in lines], self.server.api(path)["items"], path)
        dyads = cli("count", self.server.store, "--by", "actor,recipient", "--largest", "--format", "jsonl")
        self.assertEqual([json.loads(line) for line in dyads.decode().splitlines()], self.server.api("dyads")["items"])

    def test_pages_of_one_are_the_whole_list(self):
        for name in LISTS + ("dyads", "count?by=type"):
            joint = "&" if "?" in name else "?"
            whole, pages, after = self.server.api(name)["items"], [], ""
            for _ in range(len(whole) + 1):
                page = self.server.api(f"{name}{joint}limit=1{after}")
                pages += page["items"]
                if page["next"] is None:
                    break
                after = "&after=" + urllib.parse.quote(page["next"], safe="")
            self.assertEqual(whole, pages, name)

    def test_an_event_tells_its_evidence(self):
        for item in self.server.api("events")["items"]:
            event = self.server.api("events/" + urllib.parse.quote(item["id"], safe=""))
            self.assertEqual(item["id"], event["id"])
            self.assertEqual(item["type"], event["event"]["type"])
            self.assertIn(item["trigger"], event["text"])
            self.assertTrue(event["codebook"])
            explained = json.loads(cli("explain", self.server.store, item["id"], "--stored", "--format", "json"))
            self.assertEqual(explained, {key: value for key, value in event.items() if key not in ("id", "codebook")})

    def test_things_are_found_by_id(self):
        document = self.server.api("documents")["items"][0]["id"]
        self.assertEqual(document, self.server.api("documents/" + document)["document"]["id"])
        story = self.server.api("stories")["items"][0]
        self.assertEqual(story, self.server.api("stories/" + story["id"]))
        for path in ("events/d0%231", "documents/nothing", "stories/s0", "events/x", "events/d0%23s1"):
            self.refused(404, "not-found", "/api/v1/" + path)

    def test_about_actors_search_knowledge(self):
        about = self.server.api("about")
        self.assertEqual(len(self.server.api("events")["items"]), about["store"]["counts"]["events"])
        self.assertIn("dragoman", about["cite"].lower())
        self.assertGreaterEqual(len(about["codebook"]), 16)
        self.assertEqual("ok", self.server.api("health")["status"])
        actor = self.server.api("actors/XNO")
        self.assertEqual(self.server.api("events", actor="XNO", sort="newest", limit=20)["items"], actor["events"])
        self.assertEqual("country:CHN", self.server.api("knowledge", name="China", date="2020-01-01")["readings"][0]["key"])
        found = self.server.api("search", q="shell*")
        self.assertEqual(self.server.api("events", text="shell*")["items"], found["events"])

    def test_head_is_get_without_its_body(self):
        status, headers, body = self.server.ask("/api/v1/events", "HEAD")
        self.assertEqual((200, b""), (status, body))
        self.assertEqual(self.server.ask("/api/v1/events")[1]["ETag"], headers["ETag"])

    def test_what_is_known_is_not_sent_again(self):
        _, headers, _ = self.server.ask("/api/v1/events?limit=2")
        for known in (headers["ETag"], "W/" + headers["ETag"], '"other", ' + headers["ETag"], "*"):
            status, again, body = self.server.ask("/api/v1/events?limit=2", headers={"If-None-Match": known})
            self.assertEqual((304, b"", headers["ETag"]), (status, body, again["ETag"]))
        self.assertEqual(200, self.server.ask("/api/v1/events", headers={"If-None-Match": headers["ETag"]})[0])

    def test_another_program_may_write(self):
        event = self.server.api("events")["items"][0]["id"]
        before = self.server.ask("/api/v1/corrections")[1]["ETag"]
        cli("correct", self.server.store, event, "--accept", "--author", "somebody else")
        status, headers, body = self.server.ask("/api/v1/corrections", headers={"If-None-Match": before})
        self.assertEqual(200, status)
        self.assertNotEqual(before, headers["ETag"])
        self.assertIn("somebody else", [item["author"] for item in json.loads(body)["items"]])

    def test_texts_are_read(self):
        for body, kind in ((TEXT, "text/plain; charset=utf-8"), (json.dumps({"text": TEXT}), "application/json")):
            record = json.loads(self.server.ask("/api/v1/read?date=2031-05-15", "POST", body, {"Content-Type": kind})[2])
            self.assertIn("condemned", record["document"]["text"])
            self.assertTrue(record["events"])
        page = f"<html><title>News</title><article><h1>News</h1><p>{TEXT}</p><p>{TEXT.replace('Monday', 'Tuesday')}</p>"
        got = self.server.ask("/api/v1/read", "POST", json.dumps({"html": page * 2}), {"Content-Type": "application/json"})
        self.assertIn(got[0], (200, 400), got)  # too short to be an article for sure; never worse than refused

    def test_texts_that_cannot_be_read_are_refused(self):
        kind = {"Content-Type": "application/json"}
        for body in ('{"text":1}', "[]", "{", '{"text":"x","html":"y"}', "{}", '{"txt":"x"}', '{"text":"\\ud800"}',
                     "[" * 5000, '{"text":""}'):
            status, _, answer = self.server.ask("/api/v1/read", "POST", body, kind)
            self.assertEqual(400, status, (body[:50], answer))
        self.refused(415, "media-type", "/api/v1/read", method="POST", body="x", headers={"Content-Type": "image/png"})
        self.refused(400, "usage", "/api/v1/read?date=soon", method="POST", body="x", headers={"Content-Type": "text/plain"})
        self.refused(413, "too-large", "/api/v1/read", method="POST", body=TEXT * 3000, headers={"Content-Type": "text/plain"})


class Corrections(Served):
    def post(self, correction, token=TOKEN, **headers):
        headers |= {"Content-Type": "application/json"} | ({"Authorization": "Bearer " + token} if token else {})
        return self.server.ask("/api/v1/corrections", "POST", json.dumps(correction), headers)

    def test_are_kept_with_the_token_alone(self):
        event = self.server.api("events")["items"][0]
        said = {"event_id": event["id"], "action": "change", "changes": {"event_type": "REQUEST"}, "author": "A. Reader"}
        for token in (None, "", "wrong", TOKEN + "x", TOKEN[:-1]):
            status, headers, _ = self.post(said, token)
            self.assertEqual(401, status)
            self.assertEqual("Bearer", headers["WWW-Authenticate"])
        self.assertEqual([], self.server.api("corrections", event=event["id"])["items"])
        status, _, body = self.post(said)
        self.assertEqual(201, status, body)
        kept = json.loads(body)
        self.assertRegex(kept.pop("time"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertEqual(said | {"note": ""}, kept)
        self.assertEqual(event, self.server.api("events")["items"][0], "the machine's record stays as it is")
        shown = self.server.api("events", corrected="true", type="REQUEST")["items"]
        self.assertIn(event["id"], [item["id"] for item in shown])

    def test_that_make_no_sense_are_refused(self):
        event = self.server.api("events")["items"][0]["id"]
        fine = {"event_id": event, "action": "accept", "author": "A. Reader"}
        for wrong in ({"action": "praise"}, {"author": ""}, {"action": "change"}, {"changes": {"status": "actual"}},
                      {"action": "change", "changes": {"event_type": "HUG"}}, {"event": event}, {"note": 1},
                      {"action": "change", "changes": {"actor": "Nobody Of That Name"}},
                      {"action": "change", "changes": {"date": "2031-13-01"}}):
            status, _, body = self.post(fine | wrong)
            self.assertEqual(400, status, (wrong, body))
        self.assertEqual(404, self.post(fine | {"event_id": "d0#1"})[0])

    def test_need_a_server_with_a_token(self):
        server = Server("--threads", "1", token="")
        try:
            status, _, body = server.ask("/api/v1/corrections", "POST", "{}", {"Content-Type": "application/json"})
            self.assertEqual((403, "no-token"), (status, json.loads(body)["error"]["code"]))
        finally:
            self.assertEqual(0, server.stop())


class Strangers(Served):
    def test_every_answer_carries_the_headers(self):
        for path in ("/", "/events", "/assets/app-1a2b3c.js", "/api/v1/events", "/api/v1/nothing", "/nothing.js",
                     "/api/v1/events?x=1", "/%zz"):
            _, headers, _ = self.server.ask(path)
            self.assertEqual("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src "
                             "'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                             headers["Content-Security-Policy"], path)
            self.assertEqual("nosniff", headers["X-Content-Type-Options"], path)
            self.assertEqual("no-referrer", headers["Referrer-Policy"], path)

    def test_other_names_are_refused(self):
        for host in ("evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example", "[::1", "a b",
                     "0x7f.1", "127.1"):
            self.refused(403, "host", "/api/v1/health", headers={"Host": host})
        for host in ("localhost", f"localhost:{self.server.port}", "127.0.0.1", "[::1]:80", "192.0.2.1"):
            self.assertEqual(200, self.server.ask("/api/v1/health", headers={"Host": host})[0], host)
        self.assertIn(b" 400 ", self.server.raw(b"GET /api/v1/health HTTP/1.1\r\n\r\n").split(b"\r\n")[0])
        self.assertIn(b" 400 ", self.server.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")[:20])

    def test_pages_of_other_sites_are_refused(self):
        host = f"127.0.0.1:{self.server.port}"
        for origin in ("http://evil.example", "null", "http://127.0.0.1:1", f"http://{host}.evil.example", "file://", host):
            self.refused(403, "origin", "/api/v1/health", headers={"Host": host, "Origin": origin})
        self.assertEqual(200, self.server.ask("/api/v1/health", headers={"Host": host, "Origin": f"http://{host}"})[0])

    def test_addresses_without_anything(self):
        self.refused(404, "not-found", "/api/v1/")
        self.refused(404, "not-found", "/api/v2/events")
        self.refused(404, "not-found", "/assets/../../../etc/passwd")
        self.refused(404, "not-found", "/assets/%2e%2e/%2e%2e/index.html")
        self.refused(405, "method", "/api/v1/events", method="DELETE")
        self.refused(405, "method", "/", method="POST", body="x")
        self.refused(405, "method", "/api/v1/read")

    def test_parameters_that_are_none(self):
        for query in ("actr=CHN", "actor=", "actor=a&actor=b", "limit=x", "limit=0", "limit=1001", "min-confidence=2",
                      "sort=up", "type=HUG", "from=soon", "status=done", "format=xml", "limit=99999999999999999999",
                      "after=&limit=1", "corrected=maybe"):
            self.assertEqual("usage", self.refused(400, "usage", "/api/v1/events?" + query)["code"], query)
        self.refused(400, "usage", "/api/v1/count")
        self.refused(400, "usage", "/api/v1/count?by=mood")
        self.refused(400, "syntax", "/api/v1/events?actor=%00")
        self.refused(400, "syntax", "/api/v1/events?actor=%ff")
        self.refused(400, "syntax", "/api/v1/events?actor=%4")

    def test_pages_and_files(self):
        for path in ("/", "/events", "/event/d1%232", "/reader/d1", "/storyline/l1", "/statements"):
            status, headers, body = self.server.ask(path)
            self.assertEqual((200, b"<!doctype html><title>page</title>"), (status, body), path)
            self.assertEqual("no-cache", headers["Cache-Control"])
        status, headers, body = self.server.ask("/assets/app-1a2b3c.js")
        self.assertEqual((200, b"let x = 1", "text/javascript; charset=utf-8"), (status, body, headers["Content-Type"]))
        self.assertIn("immutable", headers["Cache-Control"])
        _, packed, body = self.server.ask("/assets/app-1a2b3c.js", headers={"Accept-Encoding": "br, gzip"})
        self.assertEqual(("gzip", b"\x1f\x8bpacked"), (packed["Content-Encoding"], body))
        self.assertEqual(304, self.server.ask("/", headers={"If-None-Match": self.server.ask("/")[1]["ETag"]})[0])

    def test_without_pages_it_says_how_to_build_them(self):
        server = Server("--threads", "1")
        try:
            status, _, body = server.ask("/")
            self.assertEqual(200, status)
            self.assertIn(b"./dev build", body)
        finally:
            server.stop()


# Requests that are broken on purpose. What they are answered does not matter as long as it is no success for what must
# not be one, and the server goes on.
BROKEN = [
    b"", b"\r\n\r\n", b"\x00" * 64, b"GET\r\n\r\n", b"GET  HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nbroken header\r\n\r\n", b"GET / HTTP/1.1\nHost: localhost\n\n",
    b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", b"GET / HTTP/1.1\r\n Host: localhost\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET //evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: \x00\xff\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"CONNECT evil.example:80 HTTP/1.1\r\nHost: localhost\r\n\r\n", b"TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /api/v1/events?" + b"&".join(b"actor=%d" % i for i in range(2000)) + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST /api/v1/read HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: -1\r\n\r\nx",
    b"POST /api/v1/read HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 99999999999999999999\r\n\r\nx",
    b"POST /api/v1/read HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
    b"POST /api/v1/read HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 4\r\nTransfer-Encoding: "
    b"chunked\r\n\r\n0\r\n\r\nGET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST /api/v1/read HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /api/v1/read HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"ffffffffffffffff\r\nx", b"POST /api/v1/read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n",
    b"POST /api/v1/read HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\ncut off",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-1,2-3,5-\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close, keep-alive, \x01\r\nUpgrade: websocket\r\n\r\n",
    b"GET / HTTP/1.0\r\n\r\n", b"get / http/1.1\r\nhost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nExpect: 200-maybe\r\nContent-Length: 3\r\n\r\nabc",
]


class Attacks(Served):
    def test_broken_requests(self):
        for request in BROKEN:
            got = self.server.raw(request)
            for line in re.findall(rb"(?m)^HTTP/1\.[01] (\d+)", got):
                self.assertLess(int(line), 500 if int(line) not in (501, 505) else 600, (request[:100], got[:200]))
            self.assertNotIn(b"root:", got)
            self.assertEqual("ok", self.server.api("health")["status"])

    def test_two_lengths_smuggle_nothing(self):
        for request in BROKEN:
            if request.count(b"Content-Length") + request.count(b"Transfer-Encoding") == 2:
                self.assertNotIn(b'"ok"', self.server.raw(request), request[:200])

    def test_bodies_that_are_too_long(self):
        kind = {"Content-Type": "text/plain"}
        head = b"POST /api/v1/read HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
        self.assertIn(b" 413 ", self.server.raw(head + b"Content-Length: 10485761\r\n\r\nx").split(b"\r\n")[0])
        chunks = iter([b"a" * 1_000_000] * 12)
        status, _, body = self.server.ask("/api/v1/read", "POST", chunks, kind)
        self.assertEqual(413, status, body)
        endless = self.server.raw(head + b"Transfer-Encoding: chunked\r\n\r\n" + (b"100000\r\n" + b"a" * 0x100000 + b"\r\n") * 60)
        self.assertNotIn(b" 200 ", endless[:20])
        self.assertEqual("ok", self.server.api("health")["status"])

    def test_a_thousand_slow_peers_harm_nobody(self):
        peers = []
        try:
            for i in range(1000):
                peer = socket.create_connection(("127.0.0.1", self.server.port), timeout=10)
                peer.sendall((b"", b"G", b"GET /api/v1/health HTTP/1.1\r\nHost: local")[i % 3])
                peers.append(peer)
            start = time.monotonic()
            for _ in range(20):
                self.assertEqual("ok", self.server.api("health")["status"])
            self.assertLess(time.monotonic() - start, 10)
        finally:
            for peer in peers:
                peer.close()

    def test_answers_nobody_takes(self):
        peers = [socket.create_connection(("127.0.0.1", self.server.port)) for _ in range(50)]
        for peer in peers:
            peer.sendall(b"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n" * 50)
        for peer in peers[::2]:
            peer.close()  # with answers under way
        self.assertEqual("ok", self.server.api("health")["status"])
        for peer in peers[1::2]:
            peer.close()

    def test_many_at_once(self):
        wrong = []

        def ask():
            for i in range(20):
                status = self.server.ask(f"/api/v1/events?limit={i + 1}")[0]
                if status not in (200, 429):
                    wrong.append(status)
        threads = [threading.Thread(target=ask) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([], wrong)


class Ending(unittest.TestCase):
    def test_what_is_under_way_is_finished(self):
        server = Server()
        got = []
        thread = threading.Thread(target=lambda: got.append(server.ask(
            "/api/v1/read", "POST", TEXT * 20, {"Content-Type": "text/plain"})[0]))
        thread.start()
        time.sleep(0.3)
        idle = socket.create_connection(("127.0.0.1", server.port))
        self.assertEqual(0, server.stop())
        thread.join()
        idle.close()
        self.assertEqual([200], got)
        with self.assertRaises(OSError):
            socket.create_connection(("127.0.0.1", server.port), timeout=1)

    def test_interrupt_ends_it_too(self):
        server = Server()
        server.process.send_signal(signal.SIGINT)
        self.assertEqual(0, server.process.wait(timeout=30))
        self.assertEqual(0, server.stop())

    def test_what_cannot_be_served_is_told(self):
        taken = Server()
        for arguments, code, words in ((["nothing.db"], 1, "is not there"),
                                       ([taken.store, "--port", str(taken.port)], 2, "--port"),
                                       ([taken.store, "--host", "no such host"], 2, "no address")):
            done = subprocess.run([PROGRAM, "serve", *arguments], capture_output=True, text=True, check=False, timeout=30)
            self.assertEqual(code, done.returncode, done.stderr)
            self.assertIn(words, done.stderr)
        taken.stop()


class OpenApi(Served):
    def document(self):
        return self.server.api("openapi.json")

    def test_each_path_is_answered(self):
        for path, operations in self.document()["paths"].items():
            for method in operations:
                status, _, body = self.server.ask(path.replace("{id}", "x"), method.upper(), "x" if method == "post" else None)
                self.assertNotEqual(405, status, path)
                if status == 404:
                    self.assertNotIn("address", json.loads(body)["error"]["message"], path)

    def test_parameters_are_the_flags_of_the_command(self):
        apart = {"--format", "--help"}
        for path, operations in self.document()["paths"].items():
            name = path.rsplit("/", 1)[1]
            if name not in LISTS + ("count", "storylines", "instruments"):
                continue
            text = cli(name, "--help").decode()
            flags = set(re.findall(r"(?m)^\s+(?:-\w,\s*)?(--[a-z][a-z-]*)", text)) - apart
            known = {"--" + one["name"] for one in operations["get"]["parameters"]} - apart
            self.assertEqual(flags | {"--limit", "--after"}, known | {"--limit", "--after"}, name)

    def test_answers_are_of_the_schema(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("no jsonschema")
        for path, operations in self.document()["paths"].items():
            if "get" not in operations or "{id}" in path:
                continue
            query = {"count": {"by": "type"}, "knowledge": {"name": "China"}, "search": {"q": "a*"}}.get(path.rsplit("/", 1)[1], {})
            schema = operations["get"]["responses"]["200"]["content"]["application/json"]["schema"]
            jsonschema.validate(self.server.api(path[len("/api/v1/"):], **query), schema)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
