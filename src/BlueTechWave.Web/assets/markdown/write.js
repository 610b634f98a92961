import { destination, writeInline, writePicture } from "./write-inline.js";

/** Writes one block as Markdown, without a line end; an empty paragraph is nothing. */
export function writeBlock(node, { bullet = "-", point = "." } = {}) {
  const { attrs } = node;
  switch (node.type.name) {
    case "paragraph":
      return writeInline(node);
    case "heading":
      return writeHeading(node);
    case "horizontalRule":
      return "---";
    case "codeBlock":
      return writeCode(node);
    case "rawBlock":
      return node.textContent.replace(/^\s*\n|\s+$/g, "");
    case "figure":
    case "video":
      return writePicture(attrs);
    case "alsoRead":
      return attrs.words ? `Also read: [${writeWords(attrs.words)}](${destination(`article:${attrs.id}`)})` : `Also read: <article:${attrs.id}>`;
    case "blockquote":
      return writeBlocks(node).replace(/^/gm, "> ").replace(/ +$/gm, "");
    case "container":
      return writeBox(node);
    case "footnoteText":
      return `[^${attrs.label}]: ${indent(writeBlocks(node), 4)}`;
    case "bulletList":
    case "taskList":
      return writeList(node, () => `${bullet} `);
    case "orderedList":
      return writeList(node, (i) => `${attrs.start + i}${point} `);
    case "table":
      return writeTable(node);
    default:
      throw new Error(`There is no Markdown for ${node.type.name}.`);
  }
}

/** The signs of a list that follows another of its kind: the same ones would make them one list. */
export const otherSigns = { bullet: "*", point: ")" };

const kinds = { bulletList: "points", taskList: "points", orderedList: "numbers" };
export const wouldJoin = (a, b) => kinds[a?.type.name] !== undefined && kinds[a.type.name] === kinds[b.type.name];

function writeBlocks(parent, { between = "\n\n" } = {}) {
  const written = [];
  let [last, signs] = [null, {}];
  parent.forEach((node) => {
    signs = wouldJoin(last, node) && signs !== otherSigns ? otherSigns : {};
    const text = writeBlock(node, signs);
    if (text === "") return;
    written.push(text);
    last = node;
  });
  return written.join(between);
}

function writeHeading(node) {
  const words = writeInline(node).replace(/\\?\n/g, " ").replace(/(^|\s)(#+)$/, "$1\\$2");
  return words ? `${"#".repeat(node.attrs.level)} ${words}` : "";
}

function writeWords(text) {
  return text.replace(/[\\`*_[\]<~]/g, "\\$&");
}

function writeCode(node) {
  const code = node.textContent;
  const longest = Math.max(2, ...Array.from(code.matchAll(/^ *(`{3,})/gm), ([, run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${(node.attrs.language ?? "").replace(/[`\n]/g, "")}\n${code}${code ? "\n" : ""}${fence}`;
}

function writeBox(node) {
  const inner = writeBlocks(node);
  const longest = Math.max(2, ...Array.from(inner.matchAll(/^ {0,3}(:{3,})/gm), ([, run]) => run.length));
  const fence = ":".repeat(longest + 1);
  return `${`${fence} ${node.attrs.info}`.trimEnd()}\n${inner}${inner ? "\n" : ""}${fence}`;
}

function writeList(list, signOf) {
  const tight = list.attrs.tight && !list.content.content.some(needsAir);
  const items = [];
  list.forEach((item, _, i) => {
    const sign = signOf(i);
    const box = item.type.name === "taskItem" ? (item.attrs.checked ? "[x] " : "[ ] ") : "";
    items.push((sign + box + indent(writeBlocks(item, { between: tight ? "\n" : "\n\n" }), sign.length)).trimEnd());
  });
  return items.join(tight ? "\n" : "\n\n");
}

/** Two paragraphs in one item are only two with a blank line between them; and not every block may begin right after words. */
function needsAir(item) {
  let paragraphs = 0;
  item.forEach((child) => {
    if (child.type.name === "paragraph" && child.content.size) paragraphs++;
  });
  return paragraphs > 1 || item.content.content.some((child) => (child.type.name === "orderedList" && child.attrs.start !== 1) || /^(table|figure|video|alsoRead|rawBlock)$/.test(child.type.name));
}

const indent = (text, by) => text.replace(/\n(?!\n|$)/g, `\n${" ".repeat(by)}`);

function writeTable(table) {
  const rows = table.content.content.map((row) =>
    row.content.content.flatMap((cell) => {
      const words = writeInline(cell.firstChild, { cell: true });
      return [words, ...Array(Math.max(0, (cell.attrs.colspan ?? 1) - 1)).fill("")];
    }),
  );
  const width = Math.max(...rows.map((row) => row.length));
  const rule = Array.from({ length: width }, (_, i) => ({ right: "---:", center: ":---:", left: ":---" })[table.firstChild.maybeChild(i)?.attrs.align] ?? "---");
  const lineOf = (cells) => `| ${Array.from({ length: width }, (_, i) => cells[i] ?? "").join(" | ")} |`;
  return [lineOf(rows[0]), `|${rule.join("|")}|`, ...rows.slice(1).map(lineOf)].join("\n");
}
