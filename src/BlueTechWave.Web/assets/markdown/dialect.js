import MarkdownIt from "markdown-it";

const colon = 0x3a;
const openBracket = 0x5b;

/** Reads the paper's Markdown into tokens, as Core's Dialect does on the server. */
export const dialect = new MarkdownIt({ html: true });

// Addresses stay as they were typed; what may be followed is decided where a link is drawn.
dialect.normalizeLink = (address) => address;
dialect.normalizeLinkText = (words) => words;
dialect.validateLink = () => true;

// “\[x] ” is no box, and “[x] ” is one: what was escaped stays apart.
dialect.core.ruler.disable("text_join");

const interrupts = { alt: ["paragraph", "reference", "blockquote", "list"] };
dialect.block.ruler.before("fence", "container", container, interrupts);
dialect.block.ruler.before("reference", "footnote_text", footnoteText, interrupts);
dialect.inline.ruler.before("link", "footnote_mark", footnoteMark);

/** Labels of the footnotes a text explains; a mark without a text is only words. */
export function footnoteLabels(markdown) {
  return new Set(Array.from(markdown.matchAll(/^[ >]*\[\^([^\]\s]+)\]:/gm), ([, label]) => label.toLowerCase()));
}

function colonsAt(state, line) {
  if (state.sCount[line] - state.blkIndent >= 4) return 0;
  const start = state.bMarks[line] + state.tShift[line];
  let at = start;
  while (at < state.eMarks[line] && state.src.charCodeAt(at) === colon) at++;
  return at - start >= 3 ? at - start : 0;
}

function container(state, startLine, endLine, silent) {
  const colons = colonsAt(state, startLine);
  if (!colons) return false;
  if (silent) return true;

  const info = state.src.slice(state.bMarks[startLine] + state.tShift[startLine] + colons, state.eMarks[startLine]).trim();
  let line = startLine + 1;
  let closed = false;
  for (; line < endLine; line++) {
    if (!state.isEmpty(line) && state.sCount[line] < state.blkIndent) break;
    const fence = colonsAt(state, line);
    const rest = state.src.slice(state.bMarks[line] + state.tShift[line] + fence, state.eMarks[line]);
    if (fence >= colons && rest.trim() === "") {
      closed = true;
      break;
    }
  }

  const { parentType, lineMax } = state;
  state.parentType = "container";
  state.lineMax = line;
  const open = state.push("container_open", "div", 1);
  Object.assign(open, { block: true, info, map: [startLine, line + (closed ? 1 : 0)], meta: { closed } });
  state.md.block.tokenize(state, startLine + 1, line);
  state.push("container_close", "div", -1).block = true;
  Object.assign(state, { parentType, lineMax, line: line + (closed ? 1 : 0) });
  return true;
}

function footnoteText(state, startLine, endLine, silent) {
  if (state.sCount[startLine] - state.blkIndent >= 4) return false;
  const start = state.bMarks[startLine] + state.tShift[startLine];
  const head = /^\[\^([^\]\s]+)\]:[ \t]*/.exec(state.src.slice(start, state.eMarks[startLine]));
  if (!head) return false;
  if (silent) return true;

  const kept = [state.bMarks[startLine], state.tShift[startLine], state.sCount[startLine], state.blkIndent, state.parentType];
  const open = state.push("footnote_open", "div", 1);
  open.block = true;
  open.meta = { label: head[1] };
  open.map = [startLine, startLine];

  // The words after the label are the first line of a block that is indented by four.
  state.bMarks[startLine] = start + head[0].length;
  state.tShift[startLine] = 0;
  state.blkIndent += 4;
  state.sCount[startLine] = state.blkIndent;
  state.parentType = "footnote";
  state.md.block.tokenize(state, startLine, endLine);
  open.map[1] = state.line;

  [state.bMarks[startLine], state.tShift[startLine], state.sCount[startLine], state.blkIndent, state.parentType] = kept;
  state.push("footnote_close", "div", -1).block = true;
  return true;
}

function footnoteMark(state, silent) {
  if (state.src.charCodeAt(state.pos) !== openBracket) return false;
  const mark = /^\[\^([^\]\s]+)\]/.exec(state.src.slice(state.pos, state.pos + 200));
  if (!mark || !state.env.labels?.has(mark[1].toLowerCase())) return false;
  if (!silent) state.push("footnote_mark", "sup", 0).meta = { label: mark[1] };
  state.pos += mark[0].length;
  return true;
}
