import { askAlso, askFigure, askLink, askVideo } from "./acts-dialogs.js";
import * as source from "./source.js";
import { enclosing } from "./nodes/container.js";

/** An act in both views: on the document when it is seen, on its Markdown when that is. */
const both = (visual, markdown) => (to) => {
  if (to.isVisual) visual(to.editor.chain().focus(null, { scrollIntoView: false }), to).run();
  else markdown(to.textarea);
};

const heading = (level) => ({
  name: `h${level}`,
  label: `Heading ${level}`,
  keys: `Alt-${level}`,
  text: `H${level}`,
  isOn: (editor) => editor.isActive("heading", { level }),
  run: both((chain) => chain.toggleHeading({ level }), (t) => source.prefix(t, `${"#".repeat(level)} `)),
});

const box = (info, label, icon) => ({
  name: info,
  label,
  icon,
  isOn: (editor) => enclosing(editor.state.selection.$from, "container")?.node.attrs.info === info,
  run: both((chain) => chain.toggleContainer(info), (t) => source.block(t, `::: ${info}\n`, "\n:::")),
});

/** What the toolbar offers, in groups; `key` is pressed with Ctrl or ⌘. */
export const acts = [
  [heading(2), heading(3), { ...heading(4), hidden: true }],
  [
    { name: "bold", label: "Bold", key: "b", text: "B", isOn: (e) => e.isActive("bold"), run: both((c) => c.toggleBold(), (t) => source.wrap(t, "**")) },
    { name: "italic", label: "Italic", key: "i", text: "I", isOn: (e) => e.isActive("italic"), run: both((c) => c.toggleItalic(), (t) => source.wrap(t, "*")) },
    { name: "code", label: "Code", keys: "Mod-E", icon: "code", isOn: (e) => e.isActive("code") || e.isActive("codeBlock"), run: both(toggleCode, (t) => source.code(t)) },
    { name: "link", label: "Link", key: "k", icon: "link", isOn: (e) => e.isActive("link"), run: askLink },
  ],
  [
    { name: "bullets", label: "Bulleted list", keys: "Mod-Shift-8", icon: "bullets", isOn: (e) => e.isActive("bulletList"), run: both((c) => c.toggleBulletList(), (t) => source.prefix(t, "- ")) },
    { name: "numbers", label: "Numbered list", keys: "Mod-Shift-7", icon: "numbers", isOn: (e) => e.isActive("orderedList"), run: both((c) => c.toggleOrderedList(), (t) => source.prefix(t, "1. ")) },
    { name: "quote", label: "Quote", keys: "Mod-Shift-B", icon: "quote", isOn: (e) => e.isActive("blockquote"), run: both((c) => c.toggleBlockquote(), (t) => source.prefix(t, "> ")) },
  ],
  [
    { name: "figure", label: "Figure", icon: "picture", isOn: (e) => e.isActive("figure"), run: askFigure },
    { name: "video", label: "Video", icon: "video", isOn: (e) => e.isActive("video"), run: askVideo },
    {
      name: "table",
      label: "Table",
      icon: "table",
      isOn: (e) => e.isActive("table"),
      menu: tableActs,
      run: both((c) => c.insertTable({ rows: 3, cols: 3, withHeaderRow: true }), (t) => source.block(t, "| ", " |  |\n|---|---|\n|  |  |")),
    },
    {
      name: "footnote",
      label: "Footnote",
      icon: "footnote",
      run: both((c) => c.insertFootnote(), (t) => source.footnote(t)),
    },
  ],
  [
    box("our-take", "Our take box", "take"),
    box("note", "Note box", "note"),
    { name: "also", label: "Also read", icon: "also", isOn: (e) => e.isActive("alsoRead"), run: askAlso },
  ],
  [
    { name: "undo", label: "Undo", keys: "Mod-Z", icon: "undo", can: (e) => e.can().undo(), run: both((c) => c.undo(), () => document.execCommand("undo")) },
    { name: "redo", label: "Redo", keys: "Mod-Shift-Z", icon: "redo", can: (e) => e.can().redo(), run: both((c) => c.redo(), () => document.execCommand("redo")) },
    { name: "find", label: "Find and replace", key: "f", icon: "find", isOn: (_, to) => to.findBar.isOpen, run: (to) => to.findBar.open() },
  ],
  [{ name: "markdown", label: "Markdown", icon: "markdown", text: "Markdown", isOn: (_, to) => !to.isVisual, run: (to) => to.toggle() }],
];

/** What a table offers to whoever is inside one; nothing outside. */
function tableActs(editor) {
  if (!editor.isActive("table")) return [];
  const act = (label, run) => ({ label, run: (to) => run(to.editor.chain().focus()).run() });
  const align = (value) => (chain) => chain.command(({ tr, state }) => alignColumn(tr, state, value));
  return [
    act("Row above", (c) => c.addRowBefore()),
    act("Row below", (c) => c.addRowAfter()),
    act("Column before", (c) => c.addColumnBefore()),
    act("Column after", (c) => c.addColumnAfter()),
    act("Numbers to the right", align("right")),
    act("Words to the left", align(null)),
    act("Delete row", (c) => c.deleteRow()),
    act("Delete column", (c) => c.deleteColumn()),
    act("Delete table", (c) => c.deleteTable()),
  ];
}

function alignColumn(tr, state, align) {
  const { $from } = state.selection;
  const table = enclosing($from, "table");
  if (!table) return false;
  const column = $from.index(table.depth + 1);
  const start = $from.start(table.depth);
  table.node.forEach((row, at) => {
    let position = start + at + 1;
    row.forEach((cell, _, i) => {
      if (i === column) tr.setNodeMarkup(position, null, { ...cell.attrs, align });
      position += cell.nodeSize;
    });
  });
  return true;
}

function toggleCode(chain, { editor }) {
  const { $from, $to, empty } = editor.state.selection;
  const block = editor.isActive("codeBlock") || !$from.sameParent($to) || (empty && $from.parent.content.size === 0);
  return block ? chain.toggleCodeBlock() : chain.toggleCode();
}
