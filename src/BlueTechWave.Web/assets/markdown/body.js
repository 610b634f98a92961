import { read, raw } from "./read.js";
import { footnoteLabels } from "./dialect.js";
import { otherSigns, wouldJoin, writeBlock } from "./write.js";

/**
 * An article's Markdown beside the document that was read from it. Blocks nobody touched go out as the very lines they came
 * in; only what was edited is written anew.
 */
export class Body {
  #written = new WeakMap();
  #sources = new WeakMap();
  #markdown;
  #head = "";
  #tail = "";
  #starts;

  /** @param markdown The text with line ends as a textarea gives them. */
  constructor(markdown, schema) {
    this.#markdown = markdown;
    const labels = footnoteLabels(markdown);
    const shown = read(markdown, schema, { labels });
    const compared = read(markdown, schema, { labels, soft: "\n" });

    this.#starts = shown.map(({ from }) => from);
    const anew = [];
    let last = null;
    this.blocks = shown.map(({ node, from, to, firm }, i) => {
      const source = markdown.slice(from, to);
      const text = this.#carry(compared[i].node, schema, labels, last && wouldJoin(last.compared, compared[i].node) ? last : null);
      const block = text === null ? raw(source, schema) : node;
      anew.push(text ?? source);
      this.#sources.set(block, { source, last: last?.block ?? null, gap: last ? markdown.slice(last.to, from) : "", firm });
      last = { block, to, compared: compared[i].node, signs: signsOf(anew.at(-1)) };
      return block;
    });
    if (shown.length) {
      this.#head = markdown.slice(0, shown[0].from);
      this.#tail = markdown.slice(last.to);
    }

    /** The whole article written anew: what the visual view would make of it, to be compared with what came in. */
    this.anew = anew.join("\n\n");
    this.doc = schema.topNodeType.create(null, this.blocks.length ? this.blocks : schema.nodes.paragraph.create());
  }

  /** Markdown that is read as the same block again, or null. */
  #carry(node, schema, labels, before) {
    if (node.type.name === "rawBlock") return null;
    const text = writeBlock(node, before && before.signs !== "*" && before.signs !== ")" ? otherSigns : {});
    const again = read(text, schema, { labels, soft: "\n" });
    return again.length === 1 && again[0].node.eq(node) ? text : null;
  }

  /** Where in the document the block begins that was written at `offset` of the Markdown. */
  placeOf(offset) {
    let place = 1;
    for (let i = 0; i < this.blocks.length - 1 && this.#starts[i + 1] <= offset; i++) place += this.blocks[i].nodeSize;
    return place;
  }

  /** Where in the Markdown of the document its block `index` begins. */
  offsetOf(doc, index) {
    if (index === 0) return 0;
    const before = this.write(doc.type.create(null, doc.content.content.slice(0, index))).trimEnd();
    const whole = this.write(doc);
    return before.length + /^\s*/.exec(whole.slice(before.length))[0].length;
  }

  /** The document's Markdown. */
  write(doc) {
    let [text, last, signs] = ["", null, ""];
    doc.forEach((node) => {
      const source = this.#sources.get(node);
      const follows = source && source.last === last;
      let block = source?.source;
      if (!source || (!follows && !source.firm)) block = this.#anew(node, {});
      if (block === "") return;

      if (!follows && wouldJoin(last, node) && signsOf(block) === signs) {
        block = this.#anew(node, /^[*)]$/.test(signs) ? {} : otherSigns);
      }
      text += last === null ? "" : follows ? source.gap : "\n\n";
      text += block;
      [last, signs] = [node, signsOf(block)];
    });
    return text === "" ? "" : this.#head + text + (this.#markdown === "" ? "\n" : this.#tail);
  }

  #anew(node, signs) {
    if (signs === otherSigns) return writeBlock(node, signs);
    if (!this.#written.has(node)) this.#written.set(node, writeBlock(node));
    return this.#written.get(node);
  }
}

const signsOf = (text) => /^\s*(?:\d+)?([-*+.)])/.exec(text)?.[1] ?? "";
