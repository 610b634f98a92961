import { Fragment } from "@tiptap/pm/model";
import { findVideo } from "../nodes/film.js";
import { dialect, footnoteLabels } from "./dialect.js";
import { readInline } from "./read-inline.js";
import { articleOf, Uncarried } from "./words.js";

/**
 * Reads Markdown as the blocks of a document, each with the lines it was written in.
 * What the schema cannot carry is a raw block: its own lines, as they stand.
 *
 * @param soft What a line end within a paragraph becomes: a space to look at, or itself, to compare.
 * @returns {{ node, from: number, to: number, firm: boolean }[]} `firm` blocks mean the same whatever stands before and after.
 */
export function read(markdown, schema, { soft = " ", labels = footnoteLabels(markdown) } = {}) {
  const env = { labels };
  const tokens = dialect.parse(markdown, env);
  const lines = lineStarts(markdown);
  const reader = { schema, soft };
  const blocks = [];
  let line = 0;

  for (let i = 0; i < tokens.length; ) {
    const end = after(tokens, i);
    const [first, past] = tokens[i].map;
    addUnseen(line, first);
    const [from, to] = extent(first, past);
    const source = markdown.slice(from, to);
    let node;
    try {
      if (tokens[i].type !== "fence" && gridTable.test(source)) throw new Uncarried("a grid table");
      if (hidesReference(tokens[i], source)) throw new Uncarried("a reference inside a block");
      [node] = readBlocks(tokens.slice(i, end), reader);
    } catch (reason) {
      if (!(reason instanceof Uncarried)) throw reason;
      node = raw(source, schema);
    }
    blocks.push({ node, from, to, firm: isFirm(tokens[i], source) });
    [i, line] = [end, past];
  }

  addUnseen(line, lines.length - 1);
  return blocks;

  function extent(first, past) {
    let to = lines[past] ?? markdown.length;
    while (to > lines[first] && /\s/.test(markdown[to - 1])) to--;
    return [lines[first], to];
  }

  // Definitions of references leave no token behind.
  function addUnseen(first, past) {
    const [from, to] = extent(first, past);
    const source = markdown.slice(from, to);
    if (source.trim() === "") return;
    const start = from + /^(\s*\n)?/.exec(source)[0].length;
    blocks.push({ node: raw(markdown.slice(start, to), schema), from: start, to, firm: true });
  }
}

export const raw = (source, schema) => schema.nodes.rawBlock.create(null, source ? schema.text(source) : null);

function lineStarts(text) {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  if (starts.at(-1) !== text.length) starts.push(text.length);
  return starts;
}

/** Where the block that opens at `i` is over. */
function after(tokens, i) {
  let depth = 0;
  do depth += tokens[i++].nesting;
  while (depth > 0);
  return i;
}

const gridTable = /^[\s>]*\+(?:[-=:]+\+)+\s*$/m;

const hidesReference = (token, source) =>
  /^(bullet_list|ordered_list|blockquote|container|footnote)_open$/.test(token.type) && /^[\s>*+\d.):-]*\[(?!\^|[ xX]\])[^\]\n]+\]:/m.test(source);

function isFirm(token, source) {
  switch (token.type) {
    case "code_block":
      return false;
    case "fence":
      return source.trimEnd().split("\n").length > 1 && source.trimEnd().split("\n").at(-1).trim().startsWith(token.markup);
    case "container_open":
      return token.meta.closed;
    default:
      return true;
  }
}

function readBlocks(tokens, reader) {
  const nodes = [];
  for (let i = 0; i < tokens.length; ) {
    const end = after(tokens, i);
    nodes.push(readBlock(tokens[i], tokens.slice(i + 1, end - 1), reader));
    i = end;
  }
  return nodes;
}

function readBlock(token, inner, reader) {
  const { nodes } = reader.schema;
  const filled = (type, attrs, content = readBlocks(inner, reader)) => type.create(attrs, content.length ? content : nodes.paragraph.create());
  switch (token.type) {
    case "paragraph_open":
      return readParagraph(inner[0].children, reader);
    case "heading_open": {
      const words = readInline(inner[0].children, reader);
      if (words.some((node) => node.isText ? node.text.includes("\n") : node.type === nodes.hardBreak)) throw new Uncarried("a heading of two lines");
      return nodes.heading.create({ level: Number(token.tag[1]) }, words);
    }
    case "hr":
      return nodes.horizontalRule.create();
    case "fence":
    case "code_block": {
      const code = token.content.replace(/\n$/, "");
      return nodes.codeBlock.create({ language: token.info?.trim() || null }, code ? reader.schema.text(code) : null);
    }
    case "blockquote_open":
      return filled(nodes.blockquote);
    case "container_open":
      return filled(nodes.container, { info: token.info });
    case "footnote_open":
      return filled(nodes.footnoteText, { label: token.meta.label });
    case "bullet_list_open":
    case "ordered_list_open":
      return readList(token, inner, reader);
    case "table_open":
      return readTable(inner, reader);
    default:
      throw new Uncarried(token.type);
  }
}

function readParagraph(children, reader) {
  const { nodes } = reader.schema;
  const content = readInline(children, reader);
  if (content.length === 1 && content[0].type === nodes.inlineImage && !content[0].marks.length) {
    const { attrs } = content[0];
    return (findVideo(attrs.src) ? nodes.video : nodes.figure).create(attrs);
  }
  return readAlso(content, nodes) ?? nodes.paragraph.create(null, content);
}

function readAlso(content, nodes) {
  const last = content.at(-1);
  const label = content.slice(0, -1);
  if (!last || !label.every((node) => node.isText && node.marks.every((mark) => /^(bold|italic)$/.test(mark.type.name)))) return null;
  if (!/^\s*also read:\s*$/i.test(label.map((node) => node.text).join(""))) return null;
  if (last.type === nodes.articleName) return nodes.alsoRead.create({ id: last.attrs.id });
  const link = last.marks.length === 1 && last.isText && last.marks[0].type.name === "link" && last.marks[0].attrs;
  const id = link && !link.title && articleOf(link.href);
  return id ? nodes.alsoRead.create({ id, words: last.text }) : null;
}

function readList(token, inner, reader) {
  const { nodes } = reader.schema;
  const ordered = token.type === "ordered_list_open";
  const items = [];
  let tight = true;
  for (let i = 0; i < inner.length; ) {
    const end = after(inner, i);
    const item = inner.slice(i + 1, end - 1);
    if (item.some((t) => t.type === "paragraph_open" && t.level === inner[i].level + 1 && !t.hidden)) tight = false;
    items.push(item);
    i = end;
  }

  const ticks = items.map((item) => (!ordered && item[0]?.type === "paragraph_open" ? takeTick(item[1]) : null));
  if (ticks.some((tick) => tick !== null)) {
    if (ticks.includes(null)) throw new Uncarried("a list with tasks and without");
    return nodes.taskList.create({ tight }, items.map((item, i) => nodes.taskItem.create({ checked: ticks[i] }, startingWithWords(readBlocks(item, reader), nodes))));
  }

  const all = items.map((item) => nodes.listItem.create(null, startingWithWords(readBlocks(item, reader), nodes)));
  return ordered ? nodes.orderedList.create({ start: Number(token.attrGet("start") ?? 1), tight }, all) : nodes.bulletList.create({ tight }, all);
}

function startingWithWords(blocks, nodes) {
  if (blocks.length && blocks[0].type !== nodes.paragraph) throw new Uncarried("an item that begins with something else than words");
  return blocks.length ? blocks : [nodes.paragraph.create()];
}

/** True for a ticked box at the start of the line, false for an empty one, null if there is none; takes it away. */
function takeTick(inline) {
  const first = inline.children[0];
  const box = first?.type === "text" && /^\[([ xX])\](?:\s+|$)/.exec(first.content);
  if (!box) return null;
  first.content = first.content.slice(box[0].length);
  return box[1] !== " ";
}

function readTable(tokens, reader) {
  const { nodes } = reader.schema;
  const rows = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token.type === "tr_open") rows.push([]);
    if (token.type !== "th_open" && token.type !== "td_open") continue;

    const align = /text-align:(\w+)/.exec(token.attrGet("style") ?? "")?.[1] ?? null;
    const words = nodes.paragraph.create(null, readInline(tokens[i + 1].children, { ...reader, cell: true }));
    rows.at(-1).push((token.type === "th_open" ? nodes.tableHeader : nodes.tableCell).create({ align }, words));
  }
  return nodes.table.create(null, Fragment.from(rows.map((cells) => nodes.tableRow.create(null, cells))));
}
