import { Slice } from "@tiptap/pm/model";
import { TextSelection } from "@tiptap/pm/state";
import { read } from "../markdown/read.js";
import { writeBlock } from "../markdown/write.js";
import { upload } from "../pictures/upload.js";
import { clean, unwrapRedirect } from "./clean.js";
import { looksLikeMarkdown } from "./looks.js";

/** What comes in by paste, drop and dictation, and what goes out by copying, for the visual view. */
export const clipboard = (editorOf) => ({
  transformPastedHTML: (html) => clean(html),

  clipboardTextParser(text, _context, plain) {
    return !plain && looksLikeMarkdown(text) ? asSlice(text, editorOf().schema) : null;
  },

  // Copied into a plain field elsewhere, an article is Markdown.
  clipboardTextSerializer: (slice) => {
    const { schema } = editorOf();
    const whole = schema.topNodeType.createAndFill(null, slice.content);
    return whole ? whole.content.content.map((node) => writeBlock(node)).filter(Boolean).join("\n\n") : slice.content.textBetween(0, slice.content.size, "\n\n");
  },

  handlePaste(view, event) {
    if (bring(view, imagesOf(event.clipboardData), null)) return true;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (isAddress(text) && linkSelection(view, text.trim())) return true;
    // Editors of code colour what they copy; the words behind it are Markdown all the same.
    const fromCode = event.clipboardData?.types.includes("vscode-editor-data");
    if (!fromCode || !looksLikeMarkdown(text) || view.input?.shiftKey) return false;
    view.dispatch(view.state.tr.replaceSelection(asSlice(text, view.state.schema)).scrollIntoView());
    return true;
  },

  // A file let go here would otherwise take the place of the page, and of what was written on it.
  handleDrop(view, event) {
    if (!event.dataTransfer?.files.length) return false;
    event.preventDefault();
    bring(view, imagesOf(event.dataTransfer), view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? null);
    return true;
  },

  handleDOMEvents: {
    // Text of several lines that no key has typed: dictated, or put in by a program.
    beforeinput(view, event) {
      if (event.inputType !== "insertText" || event.isComposing || !event.data?.includes("\n")) return false;
      // What the program has selected, which the view may not have heard of yet.
      const { tr, schema } = view.state;
      const [range] = event.getTargetRanges();
      if (range) tr.setSelection(selectionOf(view, range));
      if (tr.selection.$from.parent.type.spec.code) return false;
      event.preventDefault();
      view.dispatch(tr.replaceSelection(asSlice(event.data, schema)).scrollIntoView());
      return true;
    },
  },
});

const imagesOf = (data) => [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));

/** Pictures let go on the text go to the library, and from there into it. What becomes of them is said by the form. */
function bring(view, files, at) {
  if (!files.length || !view.editable) return false;
  const tell = (words) => view.dom.dispatchEvent(new CustomEvent("bringing", { bubbles: true, detail: words }));
  (async () => {
    for (const file of files) {
      try {
        const { picture } = await upload(file, (done) => tell(`${file.name}: ${Math.round(done * 100)} %`));
        const figure = view.state.schema.nodes.figure.create({ src: picture.address, alt: picture.alt });
        const place = Math.min(at ?? view.state.selection.to, view.state.doc.content.size);
        view.dispatch(view.state.tr.insert(place, figure).scrollIntoView());
        tell(picture.alt ? `${file.name} is in the text.` : `${file.name} is in the text. Select it and press Enter to say what it shows.`);
      } catch (reason) {
        tell(`${file.name}: ${reason.message}`);
      }
    }
  })();
  return true;
}

const isAddress = (text) => /^\s*https?:\/\/\S+\s*$/.test(text);

function selectionOf(view, { startContainer, startOffset, endContainer, endOffset }) {
  const { doc } = view.state;
  return TextSelection.between(doc.resolve(view.posAtDOM(startContainer, startOffset)), doc.resolve(view.posAtDOM(endContainer, endOffset)));
}

/** An address over selected words makes a link of them. */
function linkSelection(view, href) {
  const { doc, schema, selection: { from, to, empty } } = view.state;
  const blocks = [];
  doc.nodesBetween(from, to, (node) => void (node.isTextblock && blocks.push(node)));
  if (empty || blocks.length !== 1 || !blocks[0].type.allowsMarkType(schema.marks.link)) return false;
  view.dispatch(view.state.tr.addMark(from, to, schema.marks.link.create({ href: unwrapRedirect(href) })));
  return true;
}

function asSlice(text, schema) {
  const blocks = read(text.replace(/\r\n?/g, "\n"), schema).map(({ node }) => node);
  const doc = schema.topNodeType.create(null, blocks);
  return doc.childCount ? Slice.maxOpen(doc.content) : Slice.empty;
}
