// Moderating without loading the page anew, and by single letters. The forms do all of it without this file.
(() => {
  const main = document.getElementById("main");
  const spoken = Object.assign(document.createElement("p"), { className: "vh" });
  spoken.setAttribute("role", "status");
  document.body.append(spoken);
  const rows = () => [...main.querySelectorAll(".comment")];
  const current = () => rows().find((r) => "at" in r.dataset || r.contains(document.activeElement)) ?? rows()[0];
  const offer = () => {
    const all = main.querySelector("[data-all]");
    if (!all) return;
    all.hidden = false;
    all.querySelector("input").addEventListener("change", (e) => {
      for (const box of main.querySelectorAll("[name=pick]")) box.checked = e.target.checked;
    });
  };
  const stand = (at) => {
    const list = rows();
    const row = list[Math.min(at, list.length - 1)];
    if (!row) return main.querySelector("h1")?.setAttribute("tabindex", "-1"), main.querySelector("h1")?.focus();
    row.dataset.at = "";
    row.querySelector("a[href]")?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  // What was asked of a whole group goes on by itself: only what is said of it is looked at again.
  const follow = () => {
    const groups = document.getElementById("groups");
    if (groups?.dataset.underWay !== "yes") return;
    setTimeout(async () => {
      try {
        const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
        const fresh = page.getElementById("groups");
        if (!groups.isConnected || !fresh) return;
        const held = groups.contains(document.activeElement) ? [...groups.querySelectorAll("a, button")].indexOf(document.activeElement) : -1;
        groups.replaceWith(fresh);
        for (const pile of page.querySelectorAll(".views a")) main.querySelector(`.views a[href="${pile.getAttribute("href")}"]`)?.replaceChildren(...pile.childNodes);
        if (held >= 0) ([...fresh.querySelectorAll("a, button")][held] ?? fresh.querySelector("button"))?.focus();
        if (fresh.dataset.underWay !== "yes") spoken.textContent = fresh.textContent.trim();
      } catch {
        // Asked again in a moment; “Look again” is there too.
      }
      follow();
    }, 2000);
  };
  const send = async (form, button) => {
    const at = Math.max(0, rows().indexOf(button.closest(".comment") ?? current()));
    const body = new URLSearchParams(new FormData(form));
    body.append(button.name, button.value);
    main.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("main");
      if (!answer.ok || !fresh || !fresh.querySelector(".views")) throw new Error(String(answer.status));
      main.replaceChildren(...fresh.childNodes);
      const said = [...main.querySelectorAll(".said")].map((s) => s.textContent.trim()).join(" ");
      spoken.textContent = said;
      offer();
      follow();
      stand(at);
    } catch {
      // Whatever went wrong, the plain form tells.
      button.dataset.plain = "";
      form.requestSubmit(button);
    } finally {
      main.removeAttribute("aria-busy");
    }
  };
  document.addEventListener("submit", (e) => {
    const button = e.submitter;
    if (e.defaultPrevented || button?.name !== "act" || "plain" in button.dataset || button.value.startsWith("ban.")) return;
    e.preventDefault();
    send(e.target, button);
  });
  document.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && e.target.matches?.(".comment .reason")) {
      e.preventDefault();
      e.target.closest(".comment").querySelector("[data-act=r]")?.click();
      return;
    }
    if (e.key === "Escape" && e.target.matches?.(".comment .reason")) return stand(rows().indexOf(e.target.closest(".comment")));
    if (document.body.dataset.letterKeys !== "on" || e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
    const row = current();
    const act = { a: () => row?.querySelector("[data-act=a]")?.click(), s: () => row?.querySelector("[data-act=s]")?.click(), r: () => row?.querySelector(".reason")?.focus(),
      x: () => row?.querySelector("[name=pick]")?.click(), z: () => main.querySelector("[data-act=z]")?.click() }[e.key];
    if (!act) return;
    e.preventDefault();
    act();
  });
  offer();
  follow();
})();
