import { escape, escapeLineStart } from "./escape.js";
import { bareAddress } from "./words.js";

const delimiters = { bold: "**", italic: "*", strike: "~~" };
const rank = ["link", "bold", "italic", "strike"];

/** Writes the words of one block as Markdown. */
export function writeInline(block, { cell = false } = {}) {
  const pieces = withoutBreaksAround(hoistSpaces(piecesOf(block)));
  const parts = [];
  const open = [];

  pieces.forEach((piece, i) => {
    let keep = 0;
    while (keep < open.length && has(piece, open[keep].mark)) keep++;
    while (open.length > keep) close();
    piece.marks
      .filter((mark) => !open.some((o) => same(o.mark, mark)) && !isSpace(piece))
      .map((mark) => ({ mark, end: reach(pieces, i, mark) }))
      .sort((a, b) => b.end - a.end || a.mark.attrs.nest - b.mark.attrs.nest || rank.indexOf(a.mark.type.name) - rank.indexOf(b.mark.type.name))
      .forEach(({ mark, end }, n, starting) => begin(mark, pieces.slice(i, end), starting[n - 1]?.end === end && starting[n - 1].mark.type.name));
    parts.push({ ...write(piece), isSpace: isSpace(piece) && piece.node.isText });
  });
  while (open.length) close();

  const lines = flank(parts).map((part) => part.text).join("").split("\n");
  return lines.map((line) => escapeLineStart(line.trim())).join("\n").trim();

  // Emphasis that ends after a space would not be read as emphasis: the space goes out of it.
  function close() {
    const end = open.pop().close;
    const before = end.closes && parts.at(-1).isSpace ? parts.pop() : null;
    parts.push(end);
    if (before) parts.push(before);
  }

  function begin(mark, inside, outer) {
    if (mark.type.name === "link") return beginLink(mark, inside);
    // Strong around emphasis of the same words would be read the other way round.
    // So would two runs of stars that touch.
    const other = (mark.type.name === "italic" && outer === "bold") || (parts.at(-1)?.closes && parts.at(-1).text.startsWith("*"));
    const text = other ? delimiters[mark.type.name].replaceAll("*", "_") : delimiters[mark.type.name];
    parts.push({ text, opens: true });
    open.push({ mark, close: { text, closes: true } });
  }

  function beginLink(mark, inside) {
    const { href, title, form } = mark.attrs;
    const text = inside.every((piece) => piece.node.isText && !piece.code) ? inside.map((piece) => piece.node.text).join("") : null;
    const itself = text !== null && inside.length === 1 && [text, `https://${text}`, `mailto:${text}`].includes(href);
    if (itself && form === "bare" && standsAlone(text)) {
      inside[0].verbatim = true;
      open.push({ mark, close: { text: "" } });
    } else if (itself && form !== "words" && /^([a-z][a-z\d+.-]+:[^\s<>]*|[^\s<>@]+@[^\s<>]+)$/i.test(text)) {
      inside[0].verbatim = true;
      parts.push({ text: "<" });
      open.push({ mark, close: { text: ">" } });
    } else {
      parts.push({ text: "[" });
      open.push({ mark, close: { text: `](${destination(href, title, cell)})` } });
    }
  }

  function standsAlone(address) {
    const before = parts.at(-1)?.text.at(-1) ?? " ";
    return /[\s*_~(]/.test(before) && new RegExp(`^(?:${bareAddress.source})$`, "i").test(address);
  }

  function write({ node, code, verbatim, marks }) {
    const { attrs } = node;
    switch (node.type.name) {
      case "text":
        if (code) return { text: codeSpan(node.text, cell) };
        return { text: verbatim ? node.text : escape(node.text, { cell, link: marks.some((m) => m.type.name === "link") }), words: true };
      case "hardBreak":
        return { text: cell ? "<br>" : "\\\n" };
      case "inlineImage":
        return { text: writePicture(attrs, cell) };
      case "footnoteMark":
        return { text: `[^${attrs.label}]` };
      case "articleName":
        return { text: `<article:${attrs.id}>` };
      case "rawInline":
        return { text: attrs.html };
      default:
        return { text: "" };
    }
  }
}

export function writePicture({ src, alt, title }, cell = false) {
  return `![${escape(alt.replace(/\s+/g, " "), { cell, link: true })}](${destination(src, title, cell)})`;
}

export function destination(href, title, cell = false) {
  let address = href.replace(/\\(?=[!-/:-@[-`{-~]|$)/g, "\\\\").replace(/&(?=#?\w+;)/g, "&amp;").replace(/\n/g, "%0A");
  if (address === "" || /[\s<>]/.test(address) || !isBalanced(address)) address = `<${address.replace(/[<>]/g, "\\$&")}>`;
  const words = title ? ` "${title.replace(/\s+/g, " ").replace(/\\(?=[!-/:-@[-`{-~]|$)|"/g, "\\$&").replace(/&(?=#?\w+;)/g, "&amp;")}"` : "";
  const whole = address + words;
  return cell ? whole.replaceAll("|", "\\|") : whole;
}

function isBalanced(address) {
  let depth = 0;
  for (const char of address) {
    if (char === "(") depth++;
    if (char === ")" && --depth < 0) return false;
  }
  return depth === 0;
}

function codeSpan(code, cell) {
  const text = code.replace(/\n/g, " ");
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^`|`$|^ .* $/.test(text) && text.trim() ? " " : "";
  const span = fence + pad + text + pad + fence;
  return cell ? span.replaceAll("|", "\\|") : span;
}

const isSpace = ({ node, code }) => node.type.name === "hardBreak" || (node.isText && !code && node.text.trim() === "");
const same = (a, b) => a.type === b.type && (a.type.name !== "link" || a.eq(b));
const has = (piece, mark) => piece.marks.some((m) => same(m, mark));

function piecesOf(block) {
  const pieces = [];
  block.forEach((node) => {
    const marks = node.marks.filter((m) => m.type.name !== "code");
    pieces.push({ node, marks, code: marks.length < node.marks.length });
  });
  return pieces;
}

function reach(pieces, from, mark) {
  let end = from;
  while (end < pieces.length && has(pieces[end], mark)) end++;
  return end;
}

/** Emphasis never begins or ends with a space: it would not be read as emphasis. */
function hoistSpaces(pieces) {
  const split = pieces.flatMap((piece) => {
    if (!piece.node.isText || piece.code || !piece.marks.length) return [piece];
    const [, before, core, after] = /^(\s*)(.*?)(\s*)$/s.exec(piece.node.text);
    if (!before && !after) return [piece];
    return [before, core, after].filter(Boolean).map((text) => ({ ...piece, node: piece.node.type.schema.text(text) }));
  });

  return split.map((piece, i) => {
    if (!isSpace(piece)) return piece;
    const before = split.slice(0, i).findLast((p) => !isSpace(p));
    const after = split.slice(i + 1).find((p) => !isSpace(p));
    const marks = piece.marks.filter((m) => before && after && has(before, m) && has(after, m));
    return { ...piece, marks };
  });
}

function withoutBreaksAround(pieces) {
  const first = pieces.findIndex((piece) => !isSpace(piece));
  return first < 0 ? [] : pieces.slice(first, pieces.findLastIndex((piece) => !isSpace(piece)) + 1);
}

const isWord = (char) => char !== undefined && !/[\s\p{P}\p{S}]/u.test(char);
const isMark = (char) => char !== undefined && /[\p{P}\p{S}]/u.test(char);
const entity = (char) => `&#${char.codePointAt(0)};`;

/** Where emphasis would touch a letter on one side and a sign on the other, it is not read: there the letter is written as a number. */
function flank(parts) {
  const out = parts.filter((part) => part.text);
  out.forEach((part, i) => {
    const [last, next] = [out[i - 1], out[i + 1]];
    if (part.words && part.text.endsWith("!") && next?.text.startsWith("[")) part.text = `${part.text.slice(0, -1)}\\!`;
    if (part.opens) {
      const inner = out.slice(i + 1).find((p) => !p.opens || p.text[0] !== part.text[0]);
      if (last?.words && isWord([...last.text].at(-1)) && (part.text[0] === "_" || isMark([...(inner?.text ?? "")][0]))) {
        const chars = [...last.text];
        last.text = chars.slice(0, -1).join("") + entity(chars.at(-1));
      }
    }
    if (part.closes) {
      const inner = out.slice(0, i).findLast((p) => !p.closes || p.text[0] !== part.text[0]);
      const outer = out.slice(i + 1).find((p) => !p.closes && !p.opens);
      if (outer?.words && outer === next && (part.text[0] === "_" || isMark([...(inner?.text ?? "")].at(-1))) && isWord([...outer.text][0])) {
        const [first, ...rest] = [...outer.text];
        outer.text = entity(first) + rest.join("");
      }
    }
  });
  return out;
}
