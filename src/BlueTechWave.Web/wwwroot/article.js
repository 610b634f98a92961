// On an article: copy and share its link, move the comment form, play a film. All of it works without this file.
(() => {
  const said = document.querySelector(".share-said");
  const say = (words) => {
    if (!said) return;
    said.textContent = words;
    setTimeout(() => (said.textContent = ""), 4000);
  };

  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.parentElement.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        say("Link copied");
      } catch {
        say("The link could not be copied");
      }
    });
  }
  for (const button of document.querySelectorAll("[data-share]")) {
    if (!navigator.share) continue;
    button.parentElement.hidden = false;
    button.addEventListener("click", () => navigator.share({ url: button.dataset.share, title: button.dataset.title, text: button.dataset.text }).catch(() => {}));
  }

  // A film comes from elsewhere, and only once it has been asked for.
  const players = {
    youtube: (id) => `https://www.youtube-nocookie.com/embed/${id}?autoplay=1`,
    vimeo: (id) => `https://player.vimeo.com/video/${id}?autoplay=1&dnt=1`,
  };
  for (const film of document.querySelectorAll("figure[data-video]")) {
    const link = film.querySelector(".video-link");
    link?.addEventListener("click", (e) => {
      if (e.ctrlKey || e.metaKey || e.shiftKey) return;
      const [host, id] = film.dataset.video.split(":");
      if (!players[host]) return;
      e.preventDefault();
      const frame = document.createElement("iframe");
      frame.src = players[host](id);
      frame.title = link.textContent.trim();
      frame.allow = "autoplay; fullscreen; picture-in-picture";
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      link.replaceWith(frame);
      frame.focus();
    });
  }

  // A reader's own comments, and a name if asked to, are remembered in this browser and nowhere else.
  const store = {
    get: (key, other) => { try { return JSON.parse(localStorage.getItem(key)) ?? other; } catch { return other; } },
    set: (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full, or forbidden */ } },
  };
  const place = location.pathname.replace(/\/comments(\/.*)?$/, "");
  const monthAgo = Date.now() - 30 * 864e5;
  let mine = store.get("btw-comments", []).filter((c) => c.at > monthAgo);
  const held = document.querySelector("[data-own-key]");
  if (held && !mine.some((c) => c.id === held.dataset.own)) {
    mine = [...mine, { id: held.dataset.own, key: held.dataset.ownKey, place, at: Date.now() }].slice(-50);
    store.set("btw-comments", mine);
  }
  const gone = document.querySelector("[data-own-gone]")?.dataset.ownGone;
  if (gone) store.set("btw-comments", mine = mine.filter((c) => c.id !== gone));
  if (!held) {
    for (const own of mine.filter((c) => c.place === place)) {
      const acts = document.querySelector(`#comment-${CSS.escape(own.id)} > .acts`);
      const link = Object.assign(document.createElement("a"), { href: `${place}/comments/${own.id}?key=${encodeURIComponent(own.key)}#respond`, rel: "nofollow", textContent: acts ? "Yours: change" : "A comment of yours is not on this page: look at it" });
      if (acts) acts.append(link);
      else if (!document.querySelector(".own-note")) {
        const note = Object.assign(document.createElement("p"), { className: "own-note" });
        link.className = "link";
        note.append(link);
        document.querySelector("#respond")?.prepend(note);
      }
    }
  }

  // Reply moves the form under the comment and names whom; Cancel reply puts it back.
  const form = document.querySelector("form[data-respond]");
  if (!form) return;
  const remember = form.querySelector("[data-remember]");
  if (remember) {
    const box = remember.querySelector("input");
    const known = store.get("btw-reader", null);
    remember.hidden = false;
    box.checked = !!known;
    for (const field of ["name", "email"]) if (known && !form.elements[field].value) form.elements[field].value = known[field] ?? "";
    form.addEventListener("submit", () => {
      if (box.checked) store.set("btw-reader", { name: form.elements.name.value, email: form.elements.email.value });
      else try { localStorage.removeItem("btw-reader"); } catch { /* forbidden */ }
    });
  }

  const home = form.parentElement;
  const fold = form.closest("details");
  if (fold && matchMedia("(max-width: 61.99rem)").matches && !form.querySelector(".error, .preview") && location.hash !== "#respond") fold.open = false;

  const title = form.querySelector("#reply-title");
  const cancel = form.querySelector("[data-cancel]");
  const parent = form.elements.parent;
  const atHome = { parent: parent.value, title: title.textContent, cancel: cancel.hidden };
  let from = null;

  const moveTo = (link) => {
    from = link;
    parent.value = link.dataset.reply;
    title.textContent = `Reply to ${link.dataset.name}`;
    cancel.hidden = false;
    link.closest("article").append(form);
    if (fold) fold.hidden = true;
    form.elements.name.focus();
  };
  const moveBack = () => {
    parent.value = atHome.parent;
    title.textContent = atHome.title;
    cancel.hidden = atHome.cancel;
    home.append(form);
    if (fold) fold.hidden = false;
    from?.focus();
    from = null;
  };

  document.addEventListener("click", (e) => {
    if (e.ctrlKey || e.metaKey || e.shiftKey) return;
    const reply = e.target.closest("[data-reply]");
    if (reply) {
      e.preventDefault();
      moveTo(reply);
    } else if (e.target.closest("[data-cancel]") && from) {
      e.preventDefault();
      moveBack();
    }
  });
  form.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && from) moveBack();
  });
})();
