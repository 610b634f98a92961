// The live preview: the reader's page of what stands in the form, a moment after each change. Its place stays where it is.
const form = document.querySelector("form[data-writing]");
const pane = form?.querySelector("[data-live]");
const frame = pane?.querySelector("iframe");
const toggle = pane?.querySelector("[data-live-toggle]");
const Wait = 900;

let isShown = false;
let isLoaded = false;
let waiting;
let asking;

const show = async () => {
  if (!isShown) return;
  asking?.abort();
  asking = new AbortController();
  form.elements.Body.dispatchEvent(new CustomEvent("flush"));
  try {
    const answer = await fetch(pane.dataset.live, { method: "POST", body: new FormData(form), redirect: "error", signal: asking.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const script of page.querySelectorAll("script")) script.remove();
    for (const field of page.querySelectorAll("[autofocus]")) field.removeAttribute("autofocus");
    if (!isLoaded) {
      isLoaded = true;
      frame.addEventListener("load", dress);
      frame.srcdoc = `<!doctype html>${page.documentElement.outerHTML}`;
      return;
    }
    const now = frame.contentDocument;
    now.querySelector("main").replaceWith(now.adoptNode(page.querySelector("main")));
    dress();
  } catch {
    // Out of reach, or overtaken by the next change: the page before stays.
  }
};

// No script runs in there: the theme is put on from here.
const dress = () => {
  const theme = document.documentElement.dataset.theme;
  if (theme) frame.contentDocument.documentElement.dataset.theme = theme;
};

const later = () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, Wait);
};

const set = (on) => {
  isShown = on;
  frame.hidden = !on;
  toggle.setAttribute("aria-pressed", String(on));
  toggle.textContent = on ? "Hide" : "Show";
  if (on) show();
};

if (pane && form.dataset.mayEdit) {
  pane.hidden = false;
  let wanted = null;
  try {
    wanted = localStorage.getItem("btw-live-preview");
  } catch {
    // A browser that keeps nothing shows it by its width.
  }
  set(wanted ? wanted === "on" : matchMedia("(min-width: 64rem)").matches);
  toggle.addEventListener("click", () => {
    set(!isShown);
    try {
      localStorage.setItem("btw-live-preview", isShown ? "on" : "off");
    } catch {
      // Not remembered, then.
    }
  });
  form.addEventListener("input", later);
  form.addEventListener("filled", later);
}
