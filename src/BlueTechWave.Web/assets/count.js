const inNode = new WeakMap();

/** Words in a document: runs without white space that hold a letter or a digit. Blocks are counted once, until they change. */
export function countWords(doc) {
  let words = 0;
  doc.forEach((block) => {
    if (!inNode.has(block)) inNode.set(block, countIn(textOf(block)));
    words += inNode.get(block);
  });
  return words;
}

const countIn = (text) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

function textOf(block) {
  if (block.type.name === "figure") return block.attrs.title ?? "";
  if (block.type.name === "rawBlock") return block.textContent.replace(/<[^>]*>|^\[[^\]]+\]:.*$/gm, " ");
  return block.textBetween(0, block.content.size, " ", (leaf) => (leaf.type.name === "hardBreak" ? " " : ""));
}

/** “398 words, 2 min”: at 200 words a minute, and never less than one. */
export function spellWords(words) {
  return `${words.toLocaleString("en-GB")} ${words === 1 ? "word" : "words"}, ${Math.max(1, Math.ceil(words / 200))} min`;
}
