import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";

const align = {
  align: {
    default: null,
    parseHTML: (cell) => cell.getAttribute("data-align"),
    renderHTML: ({ align }) => (align ? { "data-align": align } : {}),
  },
};

/** Markdown's tables: one line of words in a cell, no cell across two columns. */
const asMarkdown = (cell) =>
  cell.extend({
    content: "paragraph",
    addAttributes() {
      const { colspan, rowspan, colwidth } = this.parent();
      return { colspan, rowspan, colwidth, ...align };
    },
  });

export const tables = [
  Table.extend({
    renderHTML: () => ["table", ["tbody", 0]],
    addNodeView: () => null,
  }).configure({ resizable: false }),
  TableRow,
  asMarkdown(TableHeader),
  asMarkdown(TableCell),
];
