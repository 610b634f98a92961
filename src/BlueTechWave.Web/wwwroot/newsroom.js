// The newsroom's small conveniences. Everything works without this file.
(() => {
  const wide = matchMedia("(min-width: 62rem)");
  const menu = document.querySelector(".side-nav");
  const fold = () => menu && (menu.open = wide.matches);
  fold();
  wide.addEventListener("change", fold);

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
  for (const all of document.querySelectorAll("[data-pick-all]")) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const box of all.closest("form").querySelectorAll("[name=pick]")) box.checked = all.checked;
    });
  }
  // Single letters act only where she has not switched them off, and never while something is being typed.
  const help = document.getElementById("keys");
  for (const opener of document.querySelectorAll("[data-help]")) {
    opener.hidden = document.body.dataset.letterKeys !== "on";
    opener.addEventListener("click", () => help.showModal());
  }
  const rows = () => [...document.querySelectorAll("[data-list] > *")].filter((row) => row.querySelector("a[href]"));
  const at = () => rows().findIndex((row) => "at" in row.dataset || row.contains(document.activeElement));
  const go = (by) => {
    const all = rows();
    if (all.length === 0) return;
    const from = at();
    const to = all[Math.min(all.length - 1, Math.max(0, from < 0 ? 0 : from + by))];
    for (const row of all) delete row.dataset.at;
    to.dataset.at = "";
    to.querySelector("a[href]").focus();
    to.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("focusin", (e) => {
    for (const row of document.querySelectorAll("[data-at]")) if (!row.contains(e.target)) delete row.dataset.at;
  });
  const press = (key) => {
    const control = document.querySelector(`[data-key="${key}"]`);
    if (!control) return false;
    if (control.matches("input")) {
      control.focus();
      control.select();
    } else control.click();
    return true;
  };
  const keys = {
    j: () => go(1),
    k: () => go(-1),
    o: () => rows()[at()]?.querySelector("a[href]").click(),
    n: () => press("n"),
    "/": () => press("/"),
    "?": () => help?.showModal(),
  };
  document.addEventListener("keydown", (e) => {
    if (document.body.dataset.letterKeys !== "on" || e.defaultPrevented && e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.target.closest("input, textarea, select, [contenteditable], dialog") || !Object.hasOwn(keys, e.key)) return;
    if (keys[e.key]() !== false) e.preventDefault();
  });
})();
