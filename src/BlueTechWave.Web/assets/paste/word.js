import { styleOf, unwrap } from "./clean.js";

/** Word writes a list as paragraphs that look like one: a mark, some spaces, the words. Here they become a list again. */
export function joinWordLists(root) {
  const isItem = (element) => element?.localName === "p" && /mso-list\s*:\s*(?!none)\w+\s+level/i.test(styleOf(element));
  for (const odd of root.querySelectorAll("o\\:p")) unwrap(odd);

  for (const first of root.querySelectorAll("p")) {
    if (!first.isConnected || !isItem(first) || isItem(first.previousElementSibling)) continue;
    const items = [];
    for (let at = first; isItem(at); at = at.nextElementSibling) items.push(at);
    first.before(...listOf(items.map(read), root.ownerDocument));
    for (const item of items) item.remove();
  }
}

function read(p) {
  const level = Number(/level(\d)/i.exec(styleOf(p))?.[1] ?? 1);
  let mark = "";
  for (const span of p.querySelectorAll("span")) {
    if (!/mso-list\s*:\s*ignore/i.test(styleOf(span))) continue;
    mark ||= span.textContent.trim();
    span.remove();
  }
  // Without the hidden mark, as from Word on the web, the mark is the first of the words.
  if (!mark) {
    const text = p.ownerDocument.createTreeWalker(p, NodeFilter.SHOW_TEXT).nextNode();
    const found = /^\s*((?:\d+|[a-z]|[ivx]+)[.)]|[·•◦▪§o–-])[\s\u00a0]+/i.exec(text?.data ?? "");
    if (found) [mark, text.data] = [found[1], text.data.slice(found[0].length)];
  }
  return { level, numbered: /^\(?(\d+|[a-z]|[ivxlc]+)[.)]/i.test(mark), start: Number.parseInt(mark, 10) || 1, nodes: [...p.childNodes] };
}

function listOf(items, page) {
  const top = [];
  const open = [];
  for (const { level, numbered, start, nodes } of items) {
    while (open.length && open.at(-1).level > level) open.pop();
    if (open.at(-1)?.level === level && open.at(-1).numbered !== numbered) open.pop();
    if (open.at(-1)?.level !== level) {
      const list = page.createElement(numbered ? "ol" : "ul");
      if (numbered && start > 1) list.setAttribute("start", start);
      const parent = open.at(-1)?.list.lastElementChild;
      if (parent) parent.append(list);
      else top.push(list);
      open.push({ level, numbered, list });
    }
    const item = page.createElement("li");
    item.append(...nodes);
    open.at(-1).list.append(item);
  }
  return top;
}
