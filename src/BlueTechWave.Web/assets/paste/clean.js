import { joinWordLists } from "./word.js";

/**
 * HTML from Word, Google Docs and web pages as the plain structure an article has: headings, paragraphs, lists, quotes, tables,
 * links, emphasis. How it looked there stays there.
 */
export function clean(html) {
  // Our own copies carry what they are.
  if (html.includes("data-pm-slice")) return html;

  const page = new DOMParser().parseFromString(inert(fragment(html)), "text/html");
  const { body } = page;
  for (const gone of body.querySelectorAll("script, style, meta, link, title, template, noscript, svg, object, embed, input, select, textarea, nav, [hidden]")) {
    if (!isVideo(gone)) gone.remove();
  }
  removeComments(page, body);
  joinWordLists(body);
  for (const hidden of body.querySelectorAll("[data-style]")) if (/display\s*:\s*none|mso-hide\s*:\s*all/i.test(styleOf(hidden))) hidden.remove();

  emphasis(page, body);
  headings(page, body);
  links(body);
  pictures(page, body);
  tables(page, body);
  boxes(page, body);
  for (const element of body.querySelectorAll("*")) strip(element);
  return body.innerHTML;
}

/** What was copied, without the page it stood on. */
function fragment(html) {
  const inside = /<!--StartFragment-->([\s\S]*)<!--EndFragment-->/i.exec(html);
  if (!inside) return html;
  // A row alone would be no table.
  return /^\s*<(tr|td|th|tbody|thead)\b/i.test(inside[1]) ? `<table>${inside[1]}</table>` : inside[1];
}

/** The policy of the page complains of styles and scripts even where nothing would ever run; styles are only to be read. */
function inert(html) {
  return html
    .replace(/<!--[\s\S]*?-->|<!\[[^>]*>/g, "")
    .replace(/<(style|script|xml)\b[\s\S]*?(<\/\1\s*>|$)/gi, "")
    .replace(/<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi, (tag) => tag.replace(/([\s"'/])style(?=\s*=)/gi, "$1data-style").replace(/([\s"'/])on[a-z]+(?=\s*=)/gi, "$1data-on"));
}

export const styleOf = (element) => element.dataset.style ?? "";

function removeComments(page, root) {
  const walker = page.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.remove();
}

/** Bold and italic may be an element, a style, or an element whose style takes it back. */
function emphasis(page, root) {
  for (const element of root.querySelectorAll("b, strong, i, em, u, span, font, p, td, th, a, s, strike, del")) {
    const style = styleOf(element);
    const weight = /(?<![-\w])font-weight\s*:\s*(\w+)/i.exec(style)?.[1];
    const slant = /(?<![-\w])font-style\s*:\s*(\w+)/i.exec(style)?.[1];
    const name = element.localName;
    const isHeading = element.closest("h1, h2, h3, h4, h5, h6");

    if (/^(b|strong)$/.test(name) && (/^(normal|400|lighter)$/i.test(weight) || isHeading || element.querySelector("p, div, ul, ol, table, h1, h2, h3, h4"))) unwrap(element);
    else if (/^(i|em)$/.test(name) && /^normal$/i.test(slant)) unwrap(element);
    else if (/^(span|font)$/.test(name)) {
      const around = [];
      if (!isHeading && (/^bold(er)?$/i.test(weight) || Number(weight) >= 600)) around.push("strong");
      if (/^(italic|oblique)$/i.test(slant)) around.push("em");
      if (/text-decoration[^;]*:[^;]*line-through/i.test(style)) around.push("s");
      if (element.textContent.trim()) for (const tag of around) wrapInside(page, element, tag);
      unwrap(element);
    } else if (name === "u") unwrap(element);
  }
}

/** The article's headline is above; what comes in begins at the second level, and skips none. */
function headings(page, root) {
  for (const title of root.querySelectorAll("p.MsoTitle, p[class^='Title']")) rename(page, title, "h1");
  for (const p of root.querySelectorAll("p")) {
    const level = /mso-outline-level\s*:\s*([1-6])/i.exec(styleOf(p))?.[1] ?? /^MsoHeading([1-6])$/.exec(p.className)?.[1];
    if (level) rename(page, p, `h${level}`);
  }
  for (const div of root.querySelectorAll("[role=heading][aria-level]")) rename(page, div, `h${Math.min(6, Number(div.getAttribute("aria-level")) || 2)}`);

  const all = [...root.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const used = [...new Set(all.filter((h) => h.textContent.trim()).map((h) => Number(h.localName[1])))].sort();
  for (const heading of all) {
    const level = Number(heading.localName[1]);
    if (!heading.textContent.trim()) heading.remove();
    else rename(page, heading, `h${Math.min(4, 2 + used.indexOf(level))}`);
  }
}

function links(root) {
  for (const a of root.querySelectorAll("a")) {
    const href = unwrapRedirect(a.getAttribute("href") ?? "");
    if (/^(https?:|mailto:|tel:|article:|\/)/i.test(href) && (a.textContent.trim() || a.querySelector("img"))) a.setAttribute("href", href);
    else unwrap(a);
  }
}

/** Where a link that counts its readers leads in the end, without the marks of whoever sent them. */
export function unwrapRedirect(address) {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return address;
  const uri = new URL(address);
  const target =
    /^(www\.)?google\.[a-z.]+$/.test(uri.hostname) && uri.pathname === "/url"
      ? (uri.searchParams.get("q") ?? uri.searchParams.get("url"))
      : /(^|\.)safelinks\.protection\.outlook\.com$/.test(uri.hostname)
        ? uri.searchParams.get("url")
        : /^l\.facebook\.com$/.test(uri.hostname)
          ? uri.searchParams.get("u")
          : null;
  if (target && /^https?:/i.test(target)) return unwrapRedirect(target);
  const marks = [...uri.searchParams.keys()].filter((key) => /^(utm_\w+|fbclid|gclid)$/i.test(key));
  if (!marks.length) return address;
  for (const key of marks) uri.searchParams.delete(key);
  return uri.href;
}

/** A picture that stays on the other side, or in a file on somebody's disk, cannot come along. */
function pictures(page, root) {
  for (const img of root.querySelectorAll("img")) {
    const src = img.getAttribute("src") ?? "";
    const tiny = Number(img.getAttribute("width")) === 1 || Number(img.getAttribute("height")) === 1;
    if (tiny || !/^(https?:|\/(?!\/))/i.test(src)) img.remove();
    else if (src.startsWith(`${location.origin}/`)) img.setAttribute("src", src.slice(location.origin.length));
  }
  for (const figure of root.querySelectorAll("figure")) if (!figure.querySelector("img, table, iframe, pre, blockquote")) unwrap(figure);
  for (const picture of root.querySelectorAll("p > a:only-child > img:only-child, p > img:only-child")) {
    const p = picture.closest("p");
    if (p.textContent.trim()) continue;
    const figure = page.createElement("figure");
    figure.append(picture);
    p.replaceWith(figure);
  }
}

/** One table, one grid, one line of words in each cell. */
function tables(page, root) {
  for (const table of root.querySelectorAll("table")) {
    const rows = [...table.querySelectorAll("tr")].filter((row) => row.closest("table") === table);
    const layout = rows.every((row) => row.cells.length <= 1) || table.querySelector("table, h1, h2, h3, h4");
    if (layout) {
      for (const part of table.querySelectorAll("td, th")) rename(page, part, "div");
      for (const part of table.querySelectorAll("tbody, thead, tfoot, tr, colgroup, caption")) unwrap(part);
      unwrap(table);
      continue;
    }
    spread(page, rows);
    for (const row of rows) for (const cell of row.cells) oneLine(page, cell);
    if (!rows[0].querySelector("th")) for (const cell of [...rows[0].cells]) rename(page, cell, "th");
    for (const part of table.querySelectorAll("colgroup, caption")) part.remove();
  }
}

/** A cell over several columns or rows is written once, and leaves empty ones behind. */
function spread(page, rows) {
  rows.forEach((row, at) => {
    for (const cell of [...row.cells]) {
      const [across, down] = [Number(cell.getAttribute("colspan")) || 1, Number(cell.getAttribute("rowspan")) || 1];
      const column = [...row.cells].indexOf(cell);
      for (let i = 1; i < Math.min(across, 50); i++) cell.after(page.createElement(cell.localName));
      for (const below of rows.slice(at + 1, at + down)) {
        for (let i = 0; i < Math.min(across, 50); i++) below.insertBefore(page.createElement("td"), below.cells[column] ?? null);
      }
      cell.removeAttribute("colspan");
      cell.removeAttribute("rowspan");
    }
  });
  const width = Math.max(...rows.map((row) => row.cells.length));
  for (const row of rows) while (row.cells.length < width) row.append(page.createElement("td"));
}

function oneLine(page, cell) {
  const align = /text-align\s*:\s*(right|center)/i.exec(`${styleOf(cell)};${styleOf(cell.querySelector("p") ?? cell)}`)?.[1] ?? cell.getAttribute("align");
  for (const block of cell.querySelectorAll("p, div, li, h1, h2, h3, h4, h5, h6")) {
    if (block.nextElementSibling && block.textContent.trim()) block.append(page.createElement("br"));
  }
  for (const block of cell.querySelectorAll("p, div, ul, ol, li, h1, h2, h3, h4, h5, h6, blockquote, pre")) unwrap(block);
  while (cell.lastChild?.nodeName === "BR") cell.lastChild.remove();
  if (/^(right|center)$/i.test(align ?? "")) cell.dataset.align = align.toLowerCase();
}

/** Boxes that only lay out a page; a line that is one is a paragraph. */
function boxes(page, root) {
  const block = "p, div, ul, ol, table, h1, h2, h3, h4, h5, h6, blockquote, pre, figure, section, article, hr";
  for (const box of [...root.querySelectorAll("div, section, article, main, header, footer, aside, center, details, summary")].reverse()) {
    if (box.closest("figure")) continue;
    if (box.querySelector(block) || !box.textContent.trim()) unwrap(box);
    else rename(page, box, "p");
  }
  // Lists that stand in a list without an item of their own belong to the one before.
  for (const list of root.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    const before = list.previousElementSibling;
    if (before?.localName === "li") before.append(list);
  }
  for (const p of root.querySelectorAll("p, li > br:last-child")) if (!p.textContent.trim() && !p.querySelector("img")) p.remove();
  // Two line ends in a row are a new paragraph to whoever pressed them.
  for (const br of root.querySelectorAll("p > br + br")) {
    const p = br.parentElement;
    const next = page.createElement("p");
    while (br.nextSibling) next.append(br.nextSibling);
    br.previousElementSibling.remove();
    br.remove();
    if (next.textContent.trim()) p.after(next);
  }
}

const kept = { a: ["href", "title"], img: ["src", "alt", "title"], ol: ["start"], iframe: ["src", "title"], td: ["data-align"], th: ["data-align"], code: ["class"], pre: ["class"] };

function strip(element) {
  for (const { name } of [...element.attributes]) if (!kept[element.localName]?.includes(name)) element.removeAttribute(name);
  if (/^(code|pre)$/.test(element.localName) && !/^language-/.test(element.className)) element.removeAttribute("class");
  if (element.localName === "iframe" && !isVideo(element)) element.remove();
}

const isVideo = (element) => element.localName === "iframe" && /youtube|vimeo/i.test(element.getAttribute("src") ?? "");

export function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

function wrapInside(page, element, tag) {
  const around = page.createElement(tag);
  around.append(...element.childNodes);
  element.append(around);
}

export function rename(page, element, tag) {
  if (element.localName === tag) return element;
  const next = page.createElement(tag);
  for (const { name, value } of element.attributes) next.setAttribute(name, value);
  next.append(...element.childNodes);
  element.replaceWith(next);
  return next;
}
