import { Node } from "@tiptap/core";

/** Markdown or HTML that the visual view does not draw: shown, and edited, as it is written. */
export const RawBlock = Node.create({
  name: "rawBlock",
  group: "block",
  content: "text*",
  marks: "",
  code: true,
  defining: true,
  isolating: true,
  parseHTML: () => [{ tag: "pre[data-raw]", preserveWhitespace: "full", priority: 60 }],
  renderHTML: () => ["pre", { class: "raw", "data-raw": "", role: "group", "aria-label": "Markdown, as written" }, 0],

  addKeyboardShortcuts() {
    return {
      Enter: () => {
        const { $from } = this.editor.state.selection;
        return $from.parent.type === this.type && this.editor.commands.insertContent("\n");
      },
      "Mod-Enter": () => this.editor.state.selection.$from.parent.type === this.type && this.editor.commands.exitCode(),
    };
  },
});

/** An HTML tag among words. */
export const RawInline = Node.create({
  name: "rawInline",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({ html: { default: "", rendered: false } }),
  parseHTML: () => [{ tag: "code[data-html]", priority: 60, getAttrs: (code) => ({ html: code.textContent }) }],
  renderHTML: ({ node }) => ["code", { class: "raw-inline", "data-html": "" }, node.attrs.html],
});
