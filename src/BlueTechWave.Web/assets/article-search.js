import { el, newId } from "./dom.js";
import { headlines } from "./nodes/articles.js";

const isAddress = (value) => /^([a-z][a-z0-9+.-]*:|\/|#|www\.)/i.test(value);

/** Offers articles of ours below a field as somebody types words into it; the one chosen becomes `article:12`. */
export const articleSearch = (address, chosen) => (input, parent) => {
  const list = el("ul", { id: newId("articles"), role: "listbox", "aria-label": "Articles", class: "found", hidden: true });
  const said = el("p", { class: "quiet", role: "status" });
  let [found, at, waiting, request] = [[], -1, 0, null];

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  show([]);
  parent.append(list, said);

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    request?.abort();
    said.textContent = "";
    const words = input.value.trim();
    if (!address || words.length < 2 || isAddress(words)) show([]);
    else waiting = setTimeout(() => search(words), 200);
  });

  input.addEventListener("keydown", (event) => {
    if (!found.length || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(at < 0 && step < 0 ? found.length - 1 : (at + step + found.length) % found.length);
    else if (event.key === "Enter" && at >= 0) choose(found[at]);
    else if (event.key === "Escape") show([]);
    else return;
    event.preventDefault();
  });

  async function search(words) {
    request = new AbortController();
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" }, signal: request.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.json());
      said.textContent = found.length ? "" : "No article has these words.";
    } catch (reason) {
      if (reason.name !== "AbortError") said.textContent = "Articles cannot be searched just now.";
    }
  }

  function show(articles) {
    [found, at] = [articles, -1];
    list.replaceChildren(
      ...articles.map((article, i) =>
        el(
          "li",
          { role: "option", id: `${list.id}-${i}`, "aria-selected": "false", onmousedown: (event) => event.preventDefault(), onclick: () => choose(article) },
          el("b", {}, article.headline),
          el("small", {}, [article.status, article.date].filter(Boolean).join(", ")),
        ),
      ),
    );
    list.hidden = !articles.length;
    input.setAttribute("aria-expanded", String(articles.length > 0));
    input.removeAttribute("aria-activedescendant");
  }

  function mark(next) {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = next;
    list.children[at].setAttribute("aria-selected", "true");
    list.children[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[at].id);
  }

  function choose(article) {
    headlines.set(String(article.id), article.headline);
    input.value = `article:${article.id}`;
    said.textContent = article.headline;
    show([]);
    chosen?.(article, input);
  }
};
