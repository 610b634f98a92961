// Keeps what is typed in the article editor: at once in this browser, within seconds on the server, one save after the
// other. Without this file one saves by the button.
const form = document.querySelector("form[data-writing]");
const Soon = 2500;
const Again = [2000, 4000, 8000, 10000];
const KeepAliveAtMost = 60_000;
const Prefix = "btw-writing";

// What belongs to the form and not to the text.
const NotText = new Set(["__RequestVerificationToken", "base", "key", "sequence", "restored", "branch", "use", "do", "takes"]);

const writing = () => {
  const field = (name) => form.elements[name];
  const state = form.querySelector("[data-state]");
  let typed = 0; // counts changes
  let kept = 0; // the change up to which the server has them
  let saving = null;
  let timer = 0;
  let failures = 0;
  let isStuck = false; // the server has said no: nothing to do until something is typed
  let isLeaving = false;
  let localTimer = 0;
  let keepsLocally = true;

  const say = (words, isBad = false) => {
    state.toggleAttribute("data-bad", isBad);
    const icon = state.querySelector("svg");
    state.replaceChildren(...(icon ? [icon] : []), Object.assign(document.createElement("span"), { textContent: words }));
  };

  const flush = () => field("Body").dispatchEvent(new CustomEvent("flush"));
  const address = (handler) => `${form.dataset.address}?handler=${handler}`;

  // --- In this browser

  const place = () => `${Prefix}:${form.dataset.article}:${field("key").value}`;
  const text = () => {
    const fields = {};
    for (const [name, value] of new FormData(form)) if (!NotText.has(name)) (fields[name] ??= []).push(value);
    return fields;
  };
  const keepHere = () => {
    clearTimeout(localTimer);
    localTimer = 0;
    if (typed === kept) return;
    try {
      localStorage.setItem(place(), JSON.stringify({ at: Date.now(), base: field("base").value, fields: text() }));
      keepsLocally = true;
    } catch {
      keepsLocally = false;
    }
  };
  const forgetHere = (key = place()) => {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  };
  const keptHere = () => {
    const found = [];
    try {
      for (let i = 0; i < localStorage.length; i++) {
        const key = localStorage.key(i);
        if (key.startsWith(`${Prefix}:${form.dataset.article}:`)) found.push({ key, ...JSON.parse(localStorage.getItem(key)) });
      }
    } catch {
      // A browser that keeps nothing has nothing to give back.
    }
    return found.sort((a, b) => b.at - a.at);
  };

  // --- On the server

  const schedule = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = 0;
      save();
    }, wait);
  };

  const save = (options = {}) => (saving ??= keep(options).finally(() => (saving = null)));

  const keep = async ({ isLast = false } = {}) => {
    flush();
    if (typed === kept || isStuck) return true;
    clearTimeout(timer);
    timer = 0;
    const upTo = typed;
    field("sequence").value = Number(field("sequence").value) + 1;
    const body = new FormData(form);
    if (!isLast) say("Saving…");
    let answer;
    try {
      answer = await fetch(address("Autosave"), {
        method: "POST",
        body,
        redirect: "manual",
        keepalive: isLast && field("Body").value.length < KeepAliveAtMost,
        signal: isLast ? undefined : AbortSignal.timeout(20_000),
      });
    } catch {
      return tryAgain("Not saved: no connection. Trying again.");
    }
    if (answer.type === "opaqueredirect" || answer.status === 401)
      return tryAgain("Signed out. Sign in in another window: your words are kept here.");
    const said = await answer.json().catch(() => null);
    if (answer.ok && said?.kept === false) {
      // Counted from too low, as after a reload: these are the newer words all the same.
      field("sequence").value = said.sequence;
      return tryAgain("Saving…", 50);
    }
    if (answer.ok && said) return done(said, upTo);
    if (said?.closed) {
      // This form has been saved from elsewhere, by its own Back for example: what follows is another one.
      forgetHere();
      field("key").value = crypto.randomUUID().replaceAll("-", "").slice(0, 16);
      field("sequence").value = 0;
      return tryAgain("Saving…", 100);
    }
    // The store is away or full: that passes, and what is typed meanwhile is kept here.
    if (answer.status === 503) return tryAgain(`${said?.error ?? "Not saved: the server does not answer."} Still trying.`);
    if (said?.error) {
      isStuck = true;
      say(`Not saved: ${said.error}`, true);
      keepHere();
      return false;
    }
    if (answer.status === 400 && (await freshToken())) return tryAgain("Saving…", 500);
    if (answer.status === 404 || answer.status === 403) {
      isStuck = true;
      say("Not saved: the article is not open to you any more. Your words are kept here.", true);
      keepHere();
      return false;
    }
    return tryAgain("Not saved: the server does not answer. Trying again.");
  };

  const tryAgain = (words, wait) => {
    say(words, wait === undefined);
    keepHere();
    if (wait === undefined) failures++;
    schedule(wait ?? Again[Math.min(failures - 1, Again.length - 1)]);
    return false;
  };

  const done = (said, upTo) => {
    failures = 0;
    const before = place();
    if (form.dataset.article === "0") begin(said);
    field("sequence").value = Math.max(Number(field("sequence").value), said.sequence);
    kept = upTo;
    if (before !== place()) forgetHere(before);
    if (typed === kept) {
      forgetHere();
      say(`Draft saved ${said.at}`);
    } else {
      keepHere();
      schedule(Soon);
    }
    return true;
  };

  // A new article has an address of its own from now on.
  const begin = ({ id, address: to, version }) => {
    const at = form.dataset.address;
    form.action = form.getAttribute("action").replace(at, to);
    for (const button of form.querySelectorAll("[formaction]"))
      button.setAttribute("formaction", button.getAttribute("formaction").replace(at, to).replace("/articles/0/", `/articles/${id}/`));
    const live = form.querySelector("[data-live]");
    if (live) live.dataset.live = live.dataset.live.replace("/articles/0/", `/articles/${id}/`);
    form.dataset.address = to;
    form.dataset.article = id;
    field("base").value = version;
    history.replaceState(history.state, "", to);
    lastHere();
    here();
  };

  const freshToken = async () => {
    try {
      const { token } = await (await fetch(address("Token"), { redirect: "error" })).json();
      field("__RequestVerificationToken").value = token;
      return true;
    } catch {
      return false;
    }
  };

  // --- What is typed

  form.addEventListener("input", (e) => {
    if (!e.target.name || NotText.has(e.target.name)) return;
    typed++;
    isStuck = false;
    if (!localTimer) localTimer = setTimeout(keepHere, 200);
    if (!timer && !saving) schedule(Soon);
  });

  // --- What this browser kept and the server does not have

  const bringBack = (entry) => {
    for (const [name, values] of Object.entries(entry.fields)) {
      const fields = form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
      for (const f of fields) {
        if (f.type === "checkbox" || f.type === "radio") f.checked = values.includes(f.value);
        else if (fields.length === 1) f.value = values[0];
      }
    }
    for (const box of form.querySelectorAll("input[type=checkbox]")) if (!(box.name in entry.fields)) box.checked = false;
    field("base").value = entry.base;
    // These words may have reached the server after all, under the key they were typed with: that form goes on here.
    field("key").value = entry.key.split(":")[2];
    form.dispatchEvent(new CustomEvent("fill", { detail: entry.fields }));
    field("Body").dispatchEvent(new CustomEvent("reload"));
    form.dispatchEvent(new CustomEvent("filled"));
    field("Headline").dispatchEvent(new Event("input", { bubbles: true }));
  };

  // After a reload of this very window the words are simply there again; otherwise one is asked.
  const lastHere = () => {
    const article = `${Prefix}:${form.dataset.article}`;
    try {
      const before = sessionStorage.getItem(article);
      sessionStorage.setItem(article, field("key").value);
      return before;
    } catch {
      return null;
    }
  };

  const offer = () => {
    const before = lastHere();
    const isReload = performance.getEntriesByType("navigation")[0]?.type === "reload";
    const notice = form.querySelector("[data-local]");
    const now = JSON.stringify(text());
    const entries = keptHere().sort((a, b) => b.key.endsWith(`:${before}`) - a.key.endsWith(`:${before}`));
    for (const entry of entries.filter((e) => JSON.stringify(e.fields) === now)) forgetHere(entry.key);
    const [entry] = entries.filter((e) => JSON.stringify(e.fields) !== now);
    if (!entry) return;
    const at = new Date(entry.at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: form.dataset.zone }).replace(":", ".");
    const words = notice.querySelector("span");
    notice.hidden = false;
    const close = () => {
      if (entry.key !== place()) forgetHere(entry.key);
      notice.hidden = true;
    };
    if (isReload && entry.key.endsWith(`:${before}`)) {
      bringBack(entry);
      keepHere();
      close();
      notice.hidden = false;
      words.textContent = `Your words of ${at} that had not been saved are back.`;
      for (const button of notice.querySelectorAll("button")) button.hidden = true;
      return;
    }
    words.textContent = `This browser kept words of ${at} that had not been saved.`;
    notice.querySelector("[data-bring]").addEventListener("click", () => {
      bringBack(entry);
      keepHere();
      close();
      field("Headline").focus();
    }, { once: true });
    notice.querySelector("[data-drop]").addEventListener("click", () => {
      forgetHere(entry.key);
      close();
      field("Headline").focus();
    }, { once: true });
  };

  // --- Buttons: what is typed is safe before the page goes away

  let passes = null;
  form.addEventListener("submit", async (e) => {
    const button = e.submitter;
    flush();
    if (button?.dataset.act === "Preview" || button === passes) return;
    if (isLeaving) return e.preventDefault(); // pressed twice
    if (typed === kept && !saving) {
      isLeaving = true;
      return;
    }
    e.preventDefault();
    isLeaving = true;
    keepHere();
    const isDiscarded = button?.dataset.act === "Discard";
    const saved = isDiscarded || (await Promise.race([saving?.then(() => save()) ?? save(), new Promise((go) => setTimeout(() => go("late"), 5000))]));
    clearTimeout(timer);
    isLeaving = Boolean(saved) || isStuck;
    if (!isLeaving) return schedule(Again[0]);
    passes = button;
    form.requestSubmit(button);
    passes = null;
  });
  addEventListener("pageshow", (e) => {
    if (e.persisted) location.reload();
  });
  const leave = () => {
    if (isLeaving) return;
    flush();
    keepHere();
    if (typed !== kept && !saving) save({ isLast: true });
  };
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
  addEventListener("online", () => typed !== kept && schedule(100));
  addEventListener("beforeunload", (e) => {
    if (!isLeaving && typed !== kept && !keepsLocally) e.preventDefault();
  });

  document.addEventListener("keydown", (e) => {
    if (e.key.toLowerCase() === "s" && (e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey) {
      e.preventDefault();
      const button = form.querySelector('[data-act="Save"]');
      if (button) form.requestSubmit(button);
      else save();
    }
  });
  form.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && e.target.matches("input:not([type=checkbox], [type=radio])")) e.preventDefault();
  });

  // --- Who else is here

  const here = async () => {
    if (document.visibilityState !== "visible" || form.dataset.article === "0") return;
    const sign = new FormData();
    sign.set("base", field("base").value);
    sign.set("__RequestVerificationToken", field("__RequestVerificationToken").value);
    try {
      const said = await (await fetch(address("Here"), { method: "POST", body: sign, redirect: "error" })).json();
      const line = form.querySelector("[data-here]");
      const words = said.here.length === 0 ? "" : said.here.length === 1 ? `${said.here[0]} is here too`
        : `${said.here.slice(0, -1).join(", ")} and ${said.here.at(-1)} are here too`;
      if (line.textContent !== words) line.textContent = words;
      line.hidden = words === "";
      const newer = form.querySelector("[data-newer]");
      const news = said.newer ? `${said.newer.by} saved a newer version ${said.newer.at}; your next save will be merged with it.` : "";
      if (newer.textContent !== news) newer.textContent = news;
      newer.hidden = news === "";
    } catch {
      // Asked again in ten seconds.
    }
  };

  if (form.dataset.savedKey) for (const entry of keptHere().concat(keptAsNew())) if (entry.key.endsWith(`:${form.dataset.savedKey}`)) forgetHere(entry.key);
  offer();
  here();
  setInterval(here, 10_000);

  function keptAsNew() {
    return [{ key: `${Prefix}:0:${form.dataset.savedKey}` }];
  }
};

if (form?.dataset.mayEdit) writing();
