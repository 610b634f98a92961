import { BulletList, ListItem, ListKeymap, OrderedList, TaskItem, TaskList } from "@tiptap/extension-list";

/** Tight lists have no blank lines between their items, loose ones do, and readers see paragraphs in them. */
const tight = { tight: { default: true, rendered: false } };

const withTight = (list) =>
  list.extend({
    addAttributes() {
      return { ...this.parent?.(), ...tight };
    },
  });

// Tab belongs to whoever moves through the page; items move with the brackets.
const keysOf = (item) =>
  item.extend({
    addKeyboardShortcuts() {
      return {
        Enter: () => this.editor.commands.splitListItem(this.name),
        "Mod-]": () => this.editor.commands.sinkListItem(this.name),
        "Mod-[": () => this.editor.commands.liftListItem(this.name),
      };
    },
  });

export const lists = [
  withTight(BulletList),
  withTight(OrderedList).extend({
    addAttributes() {
      return { start: { default: 1, parseHTML: (ol) => Number.parseInt(ol.getAttribute("start") ?? "1", 10) || 1 }, ...tight };
    },
  }),
  withTight(TaskList),
  keysOf(ListItem),
  keysOf(TaskItem).configure({ nested: true }),
  ListKeymap,
];
