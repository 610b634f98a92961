import { Extension } from "@tiptap/core";
import { Plugin, PluginKey, TextSelection } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { matchesIn } from "./matches.js";

const key = new PluginKey("find");
const nothing = { query: null, found: [], at: -1, marks: DecorationSet.empty };

/** Marks what is looked for in the visual view, and steps through it. */
export const VisualFind = Extension.create({
  name: "find",

  addProseMirrorPlugins: () => [
    new Plugin({
      key,
      state: {
        init: () => nothing,
        apply(tr, last) {
          const asked = tr.getMeta(key);
          if (asked) return search(tr.doc, asked.query, asked.at ?? -1);
          // While somebody types, marks only move along; they are looked for anew in a pause.
          if (!tr.docChanged || !last.query) return last;
          return { ...last, marks: last.marks.map(tr.mapping, tr.doc), found: last.found.map(({ from, to }) => ({ from: tr.mapping.map(from, 1), to: tr.mapping.map(to, -1) })) };
        },
      },
      props: { decorations: (state) => key.getState(state).marks },
    }),
  ],
});

function search(doc, query, at) {
  if (!query?.text) return nothing;
  const found = findAll(doc, query);
  const marks = found.map(({ from, to }, i) => Decoration.inline(from, to, { class: i === at ? "found-here" : "found-there" }));
  return { query, found, at, marks: DecorationSet.create(doc, marks) };
}

function findAll(doc, query) {
  const found = [];
  doc.descendants((node, start) => {
    if (!node.isTextblock) return true;
    // What is no text counts as one sign that nobody looks for, so that places stay true.
    const text = node.textBetween(0, node.content.size, "\ufffc", "\ufffc");
    for (const { from, to } of matchesIn(text, query)) found.push({ from: start + 1 + from, to: start + 1 + to });
    return false;
  });
  return found;
}

export const visualFind = (editor) => {
  const state = () => key.getState(editor.state);
  const show = (query, at = -1) => editor.view.dispatch(editor.state.tr.setMeta(key, { query, at }).setMeta("addToHistory", false));

  return {
    look(query) {
      show(query);
      return { count: state().found.length, at: -1 };
    },

    step(query, by) {
      show(query);
      const { found } = state();
      if (!found.length) return { count: 0, at: -1 };
      const { from, to } = editor.state.selection;
      let at = by > 0 ? found.findIndex((f) => f.from >= to && !(f.from === from && f.to === to)) : found.findLastIndex((f) => f.to <= from);
      if (at < 0) at = by > 0 ? 0 : found.length - 1;
      show(query, at);
      editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, found[at].from, found[at].to)).scrollIntoView());
      return { count: found.length, at };
    },

    replace(query, words) {
      const { from, to } = editor.state.selection;
      if (findAll(editor.state.doc, query).some((f) => f.from === from && f.to === to)) {
        const tr = replaceOne(editor.state, editor.state.tr, { from, to }, words);
        editor.view.dispatch(tr.setSelection(TextSelection.create(tr.doc, from + words.length)));
      }
      return this.step(query, 1);
    },

    replaceAll(query, words) {
      const found = findAll(editor.state.doc, query);
      const tr = editor.state.tr;
      for (const match of found.toReversed()) replaceOne(editor.state, tr, match, words);
      if (found.length) editor.view.dispatch(tr);
      show(query);
      return found.length;
    },

    close() {
      show(null);
    },
  };
};

function replaceOne(state, tr, { from, to }, words) {
  if (!words) return tr.delete(from, to);
  const marks = state.doc.resolve(from).marksAcross(state.doc.resolve(to)) ?? [];
  return tr.replaceWith(from, to, state.schema.text(words, state.doc.resolve(from).parent.type.spec.marks === "" ? [] : marks));
}
