import { Node, nodeInputRule } from "@tiptap/core";

const named = (id, words) => words || `Article ${id}`;

/** Headlines by identity, learnt as people pick articles, so that a line shows more than a number. */
export const headlines = new Map();

/** The headline of another article of ours, whatever it is today: `<article:12>`. */
export const ArticleName = Node.create({
  name: "articleName",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({ id: { default: "", rendered: false } }),
  parseHTML: () => [{ tag: "span[data-article]", getAttrs: (span) => ({ id: span.dataset.article }) }],
  renderHTML: ({ node }) => ["span", { class: "article-name", "data-article": node.attrs.id }, named(node.attrs.id, headlines.get(node.attrs.id))],
  addInputRules() {
    return [nodeInputRule({ find: /<article:([1-9]\d{0,8})>$/, type: this.type, getAttributes: ([, id]) => ({ id }) })];
  },
});

/** The line that sends readers on: `Also read: <article:12>`, or with words of its own. */
export const AlsoRead = Node.create({
  name: "alsoRead",
  group: "block",
  atom: true,
  draggable: true,
  selectable: true,
  addAttributes: () => ({ id: { default: "", rendered: false }, words: { default: null, rendered: false } }),
  parseHTML: () => [{ tag: "p[data-also]", priority: 60, getAttrs: (p) => ({ id: p.dataset.also, words: p.dataset.words || null }) }],
  renderHTML({ node }) {
    const { id, words } = node.attrs;
    const marks = { class: "also", "data-also": id };
    if (words) marks["data-words"] = words;
    return ["p", marks, ["b", "Also read: "], ["span", named(id, words ?? headlines.get(id))]];
  },
});
