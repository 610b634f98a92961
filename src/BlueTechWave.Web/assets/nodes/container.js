import { Node } from "@tiptap/core";
import { TextSelection } from "@tiptap/pm/state";

export const containers = { note: "Note", warning: "Warning", "our-take": "Our take", gallery: "Gallery" };

/** What readers see of `::: kind`: any kind we do not know is a note. */
export const kindOf = (info) => (Object.hasOwn(containers, firstWord(info)) ? firstWord(info) : "note");

const firstWord = (info) => info.trim().split(/\s+/)[0] ?? "";

/** A block set apart: `::: note` … `:::`. */
export const Container = Node.create({
  name: "container",
  group: "block",
  content: "block+",
  defining: true,

  addAttributes: () => ({ info: { default: "note", rendered: false } }),

  parseHTML: () =>
    Object.keys(containers).map((kind) => ({ tag: `div.${kind}`, attrs: { info: kind } })),

  renderHTML({ node }) {
    const kind = kindOf(node.attrs.info);
    return ["div", { class: `box ${kind}`, "data-kind": containers[kind], role: "group", "aria-label": containers[kind] }, 0];
  },

  addCommands() {
    return {
      toggleContainer: (info) => ({ state, commands }) => {
        const inside = enclosing(state.selection.$from, this.name);
        if (inside && inside.node.attrs.info === info) return commands.lift(this.name);
        if (inside) return commands.updateAttributes(this.name, { info });
        return commands.wrapIn(this.name, { info });
      },
    };
  },

  addKeyboardShortcuts() {
    return {
      // From the last line of a box at the end of the article there must be a way out.
      ArrowDown: () =>
        this.editor.commands.command(({ state, tr, dispatch }) => {
          const { $from, empty } = state.selection;
          const box = enclosing($from, this.name);
          if (!empty || !box || $from.pos < $from.end(box.depth) - ($from.depth - box.depth)) return false;
          const after = $from.after(box.depth);
          if (state.doc.resolve(after).nodeAfter) return false;
          if (!dispatch) return true;
          tr.insert(after, state.schema.nodes.paragraph.create());
          tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView();
          return true;
        }),
    };
  },
});

export function enclosing($at, name) {
  for (let depth = $at.depth; depth > 0; depth--) if ($at.node(depth).type.name === name) return { node: $at.node(depth), depth };
  return null;
}
