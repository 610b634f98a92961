// Blue Tech Wave. Everything works without this file; it only makes it smoother.
(() => {
  const root = document.documentElement;
  const remembered = (value) => {
    try {
      return value === undefined ? localStorage.getItem("theme") : localStorage.setItem("theme", value);
    } catch {
      return null; // A reader who allows no storage still gets to read.
    }
  };
  const saved = remembered();
  if (saved === "light" || saved === "dark") root.dataset.theme = saved;

  for (const toggle of document.querySelectorAll("[data-theme-toggle]")) {
    toggle.dataset.ready = "";
    toggle.addEventListener("click", () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      remembered(root.dataset.theme);
    });
  }

  // Overlays: modal, so that focus stays inside and the page behind is inert; closing gives focus back by itself.
  const overlays = { menu: document.getElementById("menu"), search: document.getElementById("search") };
  const openers = (id) => document.querySelectorAll(`[popovertarget="${id}"]:not([popovertargetaction]), [data-opens="${id}"]`);
  const open = (id, opener) => {
    const overlay = overlays[id];
    if (!overlay || overlay.open) return;
    overlay.showModal();
    for (const o of openers(id)) o.setAttribute("aria-expanded", "true");
    overlay.addEventListener("close", () => {
      for (const o of openers(id)) o.setAttribute("aria-expanded", "false");
      opener?.focus();
    }, { once: true });
  };
  for (const [id, overlay] of Object.entries(overlays)) {
    overlay?.removeAttribute("popover");
    for (const o of openers(id)) {
      o.setAttribute("aria-haspopup", "dialog");
      o.setAttribute("aria-expanded", "false");
      if (o.tagName === "A") o.setAttribute("role", "button");
    }
  }

  document.addEventListener("click", (e) => {
    const control = e.target.closest("[popovertarget], [data-opens], [data-closes]");
    if (control && !e.ctrlKey && !e.metaKey && !e.shiftKey) {
      const id = control.getAttribute("popovertarget") ?? control.dataset.opens ?? control.dataset.closes;
      if (overlays[id]) {
        e.preventDefault();
        if (overlays[id].open) overlays[id].close();
        else open(id, control);
        return;
      }
    }
    // The backdrop belongs to the dialog; only what lies outside its box closes it.
    if (e.target instanceof HTMLDialogElement && e.target.open) {
      const box = e.target.getBoundingClientRect();
      if (e.clientX < box.left || e.clientX > box.right || e.clientY < box.top || e.clientY > box.bottom) e.target.close();
    }
    for (const panel of document.querySelectorAll(".nav details[open]"))
      if (!panel.contains(e.target)) panel.open = false;
  });

  // A link that acts as a button takes the space bar too.
  document.addEventListener("keydown", (e) => {
    const typing = e.target.closest("input, textarea, select, [contenteditable]");
    if (e.key === " " && e.target.matches("a[data-opens]")) {
      e.preventDefault();
      e.target.click();
    } else if (e.key === "Escape") {
      const panel = document.querySelector(".nav details[open]");
      if (panel) {
        panel.open = false;
        panel.firstElementChild.focus();
      }
    } else if (e.key === "/" && !typing && !e.ctrlKey && !e.metaKey && !e.altKey && !document.querySelector("dialog[open]")) {
      e.preventDefault();
      open("search", document.activeElement);
    }
  });

  for (const form of document.querySelectorAll("#search form"))
    form.addEventListener("submit", (e) => {
      if (form.q.value.trim() === "") e.preventDefault();
    });

  // The sections bar by arrow keys: along it, down into a panel, and back up.
  const nav = document.querySelector(".nav");
  nav?.addEventListener("keydown", (e) => {
    const tops = [...nav.querySelectorAll(".nav-top")];
    const at = tops.indexOf(document.activeElement);
    const panel = document.activeElement.closest(".panel");
    const links = panel ? [...panel.querySelectorAll("a")] : [];
    const inPanel = links.indexOf(document.activeElement);
    let to;
    if (e.key === "ArrowRight" && at >= 0) to = tops[(at + 1) % tops.length];
    else if (e.key === "ArrowLeft" && at >= 0) to = tops[(at - 1 + tops.length) % tops.length];
    else if (e.key === "ArrowDown" && at >= 0) {
      const details = document.activeElement.closest("li").querySelector("details");
      if (!details) return;
      details.open = true;
      to = details.querySelector(".panel a");
    } else if (e.key === "ArrowDown" && inPanel >= 0) to = links[Math.min(inPanel + 1, links.length - 1)];
    else if (e.key === "ArrowUp" && inPanel > 0) to = links[inPanel - 1];
    else if (e.key === "ArrowUp" && inPanel === 0) to = panel.closest("details").querySelector("summary");
    if (to) {
      e.preventDefault();
      to.focus();
    }
  });

  // Whoever tabs on, out of a panel, leaves no panel open behind.
  for (const panel of nav?.querySelectorAll("details") ?? [])
    panel.addEventListener("focusout", (e) => {
      if (e.relatedTarget && !panel.contains(e.relatedTarget)) panel.open = false;
    });

  // A mouse that rests on a section opens its panel, and leaving closes it.
  if (nav && matchMedia("(hover: hover)").matches)
    for (const item of nav.querySelectorAll(".nav-item")) {
      const details = item.querySelector("details");
      let waiting;
      item.addEventListener("pointerenter", (e) => {
        if (e.pointerType === "mouse") waiting = setTimeout(() => (details.open = true), 150);
      });
      item.addEventListener("pointerleave", (e) => {
        clearTimeout(waiting);
        if (e.pointerType === "mouse" && !item.contains(document.activeElement)) waiting = setTimeout(() => (details.open = false), 200);
      });
    }

  // What is wider than the page scrolls by itself, and so must be within reach of the keyboard.
  const wide = document.querySelectorAll(".prose pre, .prose table, .comment-body pre");
  const reach = () => {
    for (const block of wide)
      if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
      else block.removeAttribute("tabindex");
  };
  if (wide.length > 0) new ResizeObserver(reach).observe(document.body);

  // Tips addresses are put together here, where harvesters do not look.
  for (const tip of document.querySelectorAll("[data-mail-name]")) {
    const address = `${tip.dataset.mailName}@${tip.dataset.mailHost}`;
    const link = document.createElement("a");
    link.className = "link";
    link.href = `mailto:${address}`;
    link.textContent = address;
    tip.replaceChildren(link);
  }
})();
