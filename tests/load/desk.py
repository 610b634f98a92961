"""An editor at the newsroom's pages, for the scripts beside: she fills in forms as a browser without script would."""
import html.parser, http.cookiejar, re, time, urllib.parse, urllib.request

PASSWORD = "correct horse battery staple"


class Form(html.parser.HTMLParser):
    """What would be sent of the form that has the field named."""

    def __init__(self, page, around):
        super().__init__()
        self.forms, self.buttons, self.select, self.area = [], {}, None, None
        self.feed(page)
        self.fields = next(fields for fields in self.forms if any(name == around for name, _ in fields))

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == "form": self.forms.append([])
        elif tag == "input" and (a.get("type") not in ("checkbox", "radio", "file", "submit") or "checked" in a): self.add(a.get("name"), a.get("value"))
        elif tag == "textarea": self.area = [a.get("name"), ""]
        elif tag == "select": self.select = [a.get("name"), None]
        elif tag == "option" and self.select and (self.select[1] is None or "selected" in a): self.select[1] = a.get("value")
        elif tag == "button" and "data-act" in a: self.buttons[a["data-act"]] = a.get("formaction", "")

    def handle_data(self, data):
        if self.area: self.area[1] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            # A browser leaves out the first line break in it.
            self.add(self.area[0], self.area[1].removeprefix("\n"))
            self.area = None
        elif tag == "select" and self.select:
            self.add(*self.select)
            self.select = None

    def add(self, name, value):
        if name and self.forms: self.forms[-1].append((name, value or ""))

    def type(self, name, value):
        at = next((i for i, field in enumerate(self.fields) if field[0] == name), len(self.fields))
        self.fields[at:at + 1] = [(name, value)]

    def value(self, name): return next(value for key, value in self.fields if key == name)


class Desk:
    def __init__(self, base, email):
        self.base = base
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        for _ in range(1200):
            try: page = self.ask("/account/login"); break
            except OSError: time.sleep(0.1)
        token = re.search(r'name="__RequestVerificationToken"[^>]*value="([^"]+)"', page).group(1)
        self.ask("/account/login", [("email", email), ("password", PASSWORD), ("__RequestVerificationToken", token)])

    def ask(self, path, fields=None): return self.browser.open(self.base + path, fields and urllib.parse.urlencode(fields).encode(), timeout=120).read().decode()

    def publish(self, headline):
        """Writes a piece on IT infrastructure, and publishes it."""
        page = self.ask("/newsroom/articles/new")
        form = Form(page, "Headline")
        for name, value in ("Headline", headline), ("KeyPoints", "It was seen from the quay."), ("Body", "A large one, and slow."): form.type(name, value)
        form.type("CategoryId", re.search(r'<option value="(\d+)"[^>]*>\s*IT Infrastructure', page).group(1))
        return self.ask(form.buttons["Publish"], form.fields)

    def touch(self, article):
        """Adds a line to an article's end, and saves it."""
        form = Form(self.ask(f"/newsroom/articles/{article}"), "Headline")
        form.type("Body", form.value("Body")[:20000] + "\n\nSeen again from the quay.")
        return self.ask(form.buttons["Update"], form.fields)
