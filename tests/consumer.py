"""What consumers.py makes its applications with: one that runs, and a browser without scripts."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener

LONGEST_START = 280
MOST_REPEATS = 20


def expect(holds, fault):
    if not holds:
        sys.exit(f"consumers: {fault}")


def expect_soon(holds, fault, seconds=30):
    """Asks until it holds, or for too long."""
    until = time.monotonic() + seconds
    while not holds():
        expect(time.monotonic() < until, fault)
        time.sleep(0.1)


def send(address, token=None, method="GET", opener=build_opener(), body=None, content_type=None):
    """A request: its status, headers and text."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    request = Request(address, data=body if body is not None or method == "GET" else b"", method=method, headers=headers)
    if content_type:
        request.add_header("Content-Type", content_type)
    try:
        with ask(opener, request) as response:
            return response.status, response.headers, response.read().decode()
    except HTTPError as error:
        return error.code, error.headers, error.read().decode()


def ask(opener, request):
    """The answer. 503 says when to ask again, and that is done: on a busy machine a database's first use takes longer than an application waits."""
    for _ in range(MOST_REPEATS):
        try:
            return opener.open(request, timeout=60)
        except HTTPError as error:
            if error.code != 503 or "Retry-After" not in error.headers:
                raise
            error.close()
            time.sleep(int(error.headers["Retry-After"]))
    return opener.open(request, timeout=60)


def check(server, path, read, write, query="", body=None):
    """What tokens open, and what they don't; the query or the body is that of a write."""
    def add(token):
        content = {} if body is None else {"body": json.dumps(body).encode(), "content_type": "application/json"}
        return send(f"{server}{path}{query}", token=token, method="POST", **content)

    status, headers, _ = send(f"{server}{path}")
    expect(status == 401 and headers["WWW-Authenticate"] == "Bearer", f"without a token: {status}")
    expect(send(f"{server}{path}", token=read)[0] == 200, "a token that may read doesn't read")
    status, headers, _ = add(read)
    expect(status == 403 and 'error="insufficient_scope"' in headers["WWW-Authenticate"], f"a token that may read writes: {status}")
    expect(add(write)[0] in (200, 204), "a token that may write doesn't write")
    expect(send(f"{server}{path}", token=read[:-1] + ("0" if read[-1] != "0" else "1"))[0] == 401, "a token with a typing error is taken")


class Application:
    """An application that runs, on a port that it chose, until the block ends."""

    def __init__(self, command, folder, environment):
        self._process = subprocess.Popen(
            [*command, "--", "--urls", "http://127.0.0.1:0"], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
        self._lines = []
        self._listening = threading.Event()
        self.address = None
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self):
        self._listening.wait(LONGEST_START)
        if not self.address:
            self.__exit__()
            sys.exit(f"{self._process.args} does not start:\n{''.join(self._lines)}")
        return self

    def __exit__(self, fault=None, *_):
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait(30)
        if fault and self.address:
            print(f"What {self._process.args} wrote:\n{''.join(self._lines)}", file=sys.stderr)

    def _read(self):
        for line in self._process.stdout:
            self._lines.append(line)
            if found := re.search(r"Now listening on: (http://\S+)", line):
                self.address = found[1]
                self._listening.set()
        self._listening.set()


class Page(HTMLParser):
    """The forms of a page, and its links that have an id."""

    def __init__(self, address, text):
        super().__init__()
        self.address, self.text, self.forms, self.links = address, text, [], {}
        self.feed(text)

    def form(self, field):
        """The form that has this field: what it would send as it stands."""
        found = next((form for form in self.forms if field in form["fields"]), None)
        expect(found, f"{self.address} has no form with {field}:\n{self.text}")
        return {"": found["action"]} | found["values"]

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "form":
            self.forms.append({"action": urljoin(self.address, attributes.get("action") or self.address), "fields": set(), "values": {}})
        elif tag == "input" and self.forms and "name" in attributes:
            form = self.forms[-1]
            form["fields"].add(attributes["name"])
            if attributes.get("type") not in ("radio", "checkbox") or "checked" in attributes:
                form["values"][attributes["name"]] = attributes.get("value") or ""
        elif tag == "a" and "id" in attributes:
            self.links[attributes["id"]] = attributes.get("href")


class Browser:
    """Keeps cookies, follows redirects and links, and sends forms."""

    def __init__(self, server):
        self._server = server
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self._page = None

    @property
    def address(self):
        return self._page.address

    def link(self, name):
        return self._page.links[name]

    def open(self, path):
        return self._load(Request(urljoin(self._server, path)))

    def send(self, form):
        fields = {name: value for name, value in form.items() if name}
        return self._load(Request(form[""], data=urlencode(fields).encode()))

    def create(self, path, token):
        """Makes a token by the management API."""
        status, _, text = send(
            urljoin(self._server, path), method="POST", opener=self._opener, body=json.dumps(token).encode(), content_type="application/json")
        expect(status == 201, f"the API makes no token: {status} {text}")
        return json.loads(text)["token"]

    def create_on_page(self, page, scope):
        """Makes a token as a user does on the settings page."""
        form = self.open(f"{page}/new").form("scopes")
        answer = self.send(form | {"name": f"to {scope}", "scopes": scope})
        return re.search(r"\b[a-z][a-z0-9_]*_[0-9A-Za-z]{22}_[0-9A-Za-z]{49}\b", answer.text)[0]

    def _load(self, request):
        try:
            with ask(self._opener, request) as response:
                self._page = Page(response.url, response.read().decode())
        except HTTPError as error:
            sys.exit(f"{request.full_url} answers {error.code}:\n{error.read().decode()}")
        return self._page
