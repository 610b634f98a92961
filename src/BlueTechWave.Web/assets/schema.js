import { Extension, textblockTypeInputRule } from "@tiptap/core";
import Blockquote from "@tiptap/extension-blockquote";
import Bold from "@tiptap/extension-bold";
import Code from "@tiptap/extension-code";
import CodeBlock from "@tiptap/extension-code-block";
import Document from "@tiptap/extension-document";
import HardBreak from "@tiptap/extension-hard-break";
import Heading from "@tiptap/extension-heading";
import HorizontalRule from "@tiptap/extension-horizontal-rule";
import Italic from "@tiptap/extension-italic";
import Paragraph from "@tiptap/extension-paragraph";
import Strike from "@tiptap/extension-strike";
import Text from "@tiptap/extension-text";
import { Dropcursor, Gapcursor, UndoRedo } from "@tiptap/extensions";
import { AlsoRead, ArticleName } from "./nodes/articles.js";
import { Container } from "./nodes/container.js";
import { Figure, InlineImage, Video } from "./nodes/figure.js";
import { FootnoteMark, FootnoteText } from "./nodes/footnotes.js";
import { Link } from "./nodes/link.js";
import { lists } from "./nodes/lists.js";
import { RawBlock, RawInline } from "./nodes/raw.js";
import { tables } from "./nodes/table.js";

/** The keys that make headings: h2 to h4, as the paper uses them; the others are only carried. */
const HeadingKeys = Extension.create({
  name: "headingKeys",
  addKeyboardShortcuts() {
    const keys = { "Alt-1": () => this.editor.commands.setParagraph() };
    for (const level of [2, 3, 4]) keys[`Alt-${level}`] = () => this.editor.commands.toggleHeading({ level });
    return keys;
  },
});

// The headline is the only heading of the first level: “# ” begins one of the second.
function headingsAsTyped() {
  return [textblockTypeInputRule({ find: /^(#{1,4})\s$/, type: this.type, getAttributes: ([, signs]) => ({ level: Math.max(2, signs.length) }) })];
}

// Which of two marks over the same words was written around the other.
const nested = (mark) => mark.extend({ addAttributes: () => ({ nest: { default: 0, rendered: false } }) });

/** Everything an article may hold, as the visual view knows it. */
export const schema = [
  Document,
  Text,
  Paragraph,
  Heading.extend({ addInputRules: headingsAsTyped }).configure({ levels: [1, 2, 3, 4, 5, 6] }),
  HeadingKeys,
  Blockquote,
  CodeBlock.configure({ exitOnTripleEnter: true, exitOnArrowDown: true }),
  HorizontalRule,
  HardBreak,
  nested(Bold),
  nested(Italic),
  nested(Strike),
  Code.extend({ excludes: "" }),
  Link,
  ...lists,
  ...tables,
  Figure,
  Video,
  InlineImage,
  Container,
  FootnoteMark,
  FootnoteText,
  AlsoRead,
  ArticleName,
  RawBlock,
  RawInline,
  UndoRedo,
  Dropcursor.configure({ color: false, class: "drop-here" }),
  Gapcursor,
];
