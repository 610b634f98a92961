import { articleOf, bareAddress, Uncarried } from "./words.js";

const emphasis = { strong: "bold", em: "italic", s: "strike" };

/** Reads one line of Markdown's tokens as the schema's inline nodes. */
export function readInline(tokens, { schema, soft, cell = false }) {
  const { nodes } = schema;
  const out = [];
  const open = [];

  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    let words = token.content;
    switch (token.type) {
      case "text":
      case "text_special":
        while (/^text/.test(tokens[i + 1]?.type)) words += tokens[++i].content;
        addWords(words);
        break;
      case "softbreak":
        addText(soft);
        break;
      case "hardbreak":
        add(nodes.hardBreak.create());
        break;
      case "code_inline":
        addText(token.content, schema.marks.code.create());
        break;
      case "image":
        add(nodes.inlineImage.create({ src: token.attrGet("src"), alt: plain(token.children), title: token.attrGet("title") }));
        break;
      case "html_inline":
        add(cell && /^<br\s*\/?>$/i.test(token.content) ? nodes.hardBreak.create() : nodes.rawInline.create({ html: token.content }));
        break;
      case "footnote_mark":
        add(nodes.footnoteMark.create({ label: token.meta.label }));
        break;
      case "link_open": {
        const href = token.attrGet("href");
        const auto = token.markup === "autolink";
        if (auto && articleOf(href)) {
          add(nodes.articleName.create({ id: articleOf(href) }));
          i += 2;
          break;
        }
        // A mail address between angle brackets gains its scheme on the way.
        begin(schema.marks.link.create({ href, title: token.attrGet("title"), form: auto ? "angle" : "words" }));
        break;
      }
      case "strong_open":
      case "em_open":
      case "s_open":
        begin(schema.marks[emphasis[token.tag === "s" ? "s" : token.tag]].create({ nest: open.length }));
        break;
      case "link_close":
      case "strong_close":
      case "em_close":
      case "s_close":
        if (open.pop().from === out.length) throw new Uncarried("marks around nothing");
        break;
      default:
        throw new Uncarried(token.type);
    }
  }

  return joined(trimmed(out, schema), schema);

  function begin(mark) {
    if (mark.type.name === "link") mark = mark.type.create({ ...mark.attrs, nest: open.length });
    if (open.some((o) => o.mark.type === mark.type)) throw new Uncarried("a mark within itself");
    open.push({ mark, from: out.length });
  }

  function add(node) {
    out.push(node.mark(marks()));
  }

  function addText(text, mark) {
    if (!text) return;
    const all = marks();
    out.push(schema.text(text, mark ? mark.addToSet(all) : all));
  }

  function addWords(text) {
    if (open.some((o) => o.mark.type.name === "link")) return addText(text);
    let from = 0;
    for (const { 0: address, index } of text.matchAll(bareAddress)) {
      addText(text.slice(from, index));
      addText(address, schema.marks.link.create({ href: /^www\./i.test(address) ? `https://${address}` : address, form: "bare", nest: open.length }));
      from = index + address.length;
    }
    addText(text.slice(from));
  }

  function marks() {
    return open.reduce((set, o) => o.mark.addToSet(set), []);
  }
}

function plain(tokens) {
  return tokens.map((t) => (t.children ? plain(t.children) : t.type === "softbreak" || t.type === "hardbreak" ? " " : t.type === "html_inline" ? "" : t.content)).join("");
}

/** White space at the ends of a block is not part of it. */
function trimmed(nodes, schema) {
  const out = [...nodes];
  const cut = (index, pattern) => {
    const node = out[index];
    if (!node?.isText || node.marks.some((m) => m.type.name === "code")) return false;
    const text = node.text.replace(pattern, "");
    if (text === node.text) return false;
    if (text) out[index] = schema.text(text, node.marks);
    else out.splice(index, 1);
    return !text;
  };
  while (cut(0, /^\s+/));
  while (out.length && cut(out.length - 1, /\s+$/));
  return out;
}

function joined(nodes, schema) {
  const out = [];
  for (const node of nodes) {
    const last = out.at(-1);
    if (last?.isText && node.isText && last.sameMarkup(node)) out[out.length - 1] = schema.text(last.text + node.text, last.marks);
    else out.push(node);
  }
  return out;
}
