// What the toolbar does to Markdown: always by way of typing, so that the browser's own undo knows it.

function type(field, text, from = field.selectionStart, to = field.selectionEnd) {
  field.focus();
  field.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Puts the selected words between two signs, or takes the signs away. */
export function wrap(field, sign) {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const words = value.slice(from, to);
  if (value.slice(from - sign.length, from) === sign && value.slice(to, to + sign.length) === sign) {
    type(field, words, from - sign.length, to + sign.length);
    field.setSelectionRange(from - sign.length, to - sign.length);
  } else {
    type(field, sign + words + sign);
    field.setSelectionRange(from + sign.length, to + sign.length);
  }
}

/** Begins each selected line with a sign, or takes it away where all have it. */
export function prefix(field, sign) {
  const [from, to] = lines(field);
  const each = field.value.slice(from, to).split("\n");
  const all = each.every((line) => line.startsWith(sign));
  const bare = /^(#{1,6} |- |\d+\. |> )/;
  const text = each.map((line) => (all ? line.slice(sign.length) : sign + (sign === "> " ? line : line.replace(bare, "")))).join("\n");
  type(field, text, from, to);
  field.setSelectionRange(from === to ? from + text.length : from, from + text.length);
}

/** Puts the selected lines, as a block of their own, between two lines. */
export function block(field, before, after) {
  const [from, to] = lines(field);
  const words = field.value.slice(from, to);
  const head = from === 0 || field.value.slice(0, from).endsWith("\n\n") ? "" : "\n";
  const tail = to === field.value.length ? "\n" : field.value.slice(to).startsWith("\n\n") ? "" : "\n";
  type(field, head + before + words + after + tail, from, to);
  const start = from + head.length + before.length;
  field.setSelectionRange(start, start + words.length);
}

/** A block after the paragraph in which the caret is. */
export function insertBlock(field, text) {
  const next = field.value.indexOf("\n\n", field.selectionEnd);
  const at = next < 0 ? field.value.length : next;
  const before = field.value.slice(0, at).trimEnd() === "" ? "" : "\n\n";
  type(field, before + text + (next < 0 ? "\n" : ""), next < 0 ? field.value.trimEnd().length : at, at);
}

export function insert(field, text) {
  type(field, text);
}

export function code(field) {
  if (field.value.slice(field.selectionStart, field.selectionEnd).includes("\n")) block(field, "```\n", "\n```");
  else wrap(field, "`");
}

export function footnote(field) {
  const labels = Array.from(field.value.matchAll(/\[\^(\d+)\]/g), ([, label]) => Number(label));
  const label = Math.max(0, ...labels) + 1;
  type(field, `[^${label}]`, field.selectionEnd);
  const end = field.value.trimEnd().length;
  const text = `\n\n[^${label}]: `;
  type(field, `${text}\n`, end, field.value.length);
  field.setSelectionRange(end + text.length, end + text.length);
}

/** From the start of the first selected line to the end of the last. */
function lines({ value, selectionStart, selectionEnd }) {
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const end = value.indexOf("\n", Math.max(selectionEnd - (selectionEnd > selectionStart && value[selectionEnd - 1] === "\n" ? 1 : 0), from));
  return [from, end < 0 ? value.length : end];
}
