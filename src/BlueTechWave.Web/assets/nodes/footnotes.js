import { Node } from "@tiptap/core";
import { TextSelection } from "@tiptap/pm/state";

/** Where a footnote is called: `[^1]`. */
export const FootnoteMark = Node.create({
  name: "footnoteMark",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({ label: { default: "1", rendered: false } }),
  parseHTML: () => [{ tag: "sup[data-footnote]", getAttrs: (sup) => ({ label: sup.dataset.footnote }) }],
  renderHTML: ({ node }) => ["sup", { "data-footnote": node.attrs.label }, node.attrs.label],

  addCommands() {
    return {
      insertFootnote: () => ({ state, tr, dispatch }) => {
        if (!state.selection.$from.parent.inlineContent || state.selection.$from.parent.type.spec.code) return false;
        if (!dispatch) return true;

        const { paragraph, footnoteMark, footnoteText } = state.schema.nodes;
        const label = nextLabel(state.doc);
        tr.insert(state.selection.to, footnoteMark.create({ label }));
        const end = tr.doc.content.size;
        tr.insert(end, footnoteText.create({ label }, paragraph.create()));
        tr.setSelection(TextSelection.create(tr.doc, end + 2)).scrollIntoView();
        return true;
      },
    };
  },
});

/** What a footnote says: `[^1]: …`, in a block of its own. */
export const FootnoteText = Node.create({
  name: "footnoteText",
  group: "block",
  content: "block+",
  defining: true,
  addAttributes: () => ({ label: { default: "1", rendered: false } }),
  parseHTML: () => [{ tag: "div[data-footnote]", getAttrs: (div) => ({ label: div.dataset.footnote }) }],
  renderHTML: ({ node }) => ["div", { class: "footnote", "data-footnote": node.attrs.label, role: "group", "aria-label": `Footnote ${node.attrs.label}` }, 0],
});

function nextLabel(doc) {
  let highest = 0;
  doc.descendants((node) => {
    if (node.attrs.label) highest = Math.max(highest, Number.parseInt(node.attrs.label, 10) || 0);
  });
  return String(highest + 1);
}
