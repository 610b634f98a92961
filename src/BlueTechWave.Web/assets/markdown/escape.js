import { bareAddress } from "./words.js";

const special = /[\\`*[<~&_|]/g;

/** Words as Markdown that reads as those words: only what would mean something is escaped. */
export function escape(text, { cell = false, link = false } = {}) {
  const kept = [];
  // An address stays as it is: it is read before what its characters could mean.
  if (!link) for (const { 0: address, index } of text.matchAll(bareAddress)) kept.push([index, index + address.length]);

  return text.replace(link ? /[\\`*[\]<~&_|]/g : special, (char, at) => {
    if (char === "_" && kept.some(([from, to]) => at >= from && at < to)) return char;
    const [before, next] = [text[at - 1] ?? " ", text[at + 1] ?? " "];
    switch (char) {
      case "_":
        return isWord(before) && isWord(next) ? char : "\\_";
      case "*":
        return text[at - 1] === " " && text[at + 1] === " " && text.slice(0, at).trim() ? char : "\\*";
      case "~":
        return before === "~" || next === "~" || at === 0 || at === text.length - 1 ? "\\~" : char;
      case "<":
        return /[a-z/!?]/i.test(next) ? "\\<" : char;
      case "&":
        return /^&(#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/i.test(text.slice(at)) ? "\\&" : char;
      case "[":
        // “[To do: ask her]” is only words, as long as nothing that would make it a link comes after.
        return !link && /^\[(?![\^\s]|[xX]\])[^[\]]*\s[^[\]]*\](?![([:])/.test(text.slice(at)) ? char : "\\[";
      case "\\":
        return next === " " || /[!-/:-@[-`{-~\n]/.test(next) || at === text.length - 1 ? "\\\\" : char;
      case "|":
        return cell ? "\\|" : char;
      default:
        return `\\${char}`;
    }
  });
}

const isWord = (char) => /[\p{L}\p{N}]/u.test(char);

/** Escapes what would make a line of words a heading, a list, a quote, a box or a rule. */
export function escapeLineStart(line) {
  const numbered = /^(\d{1,9})([.)])(?=\s|$)/.exec(line);
  if (numbered) return `${numbered[1]}\\${line.slice(numbered[1].length)}`;
  return /^(#{1,6}(\s|$)|[-+](\s|$)|>|:::|~~~|=+\s*$|-{2,}\s*$|(-\s*){3,}$|\+[-=+]|\|)/.test(line) ? `\\${line}` : line;
}
