const signs = [
  /^#{1,4} \S/m,
  /^(?:[-*+] \S.*\n?){2,}/m,
  /^[-*+] \[[ xX]\] \S/m,
  /^1[.)] \S.*\n+2[.)] \S/m,
  /^> \S/m,
  /^:::+ ?[\w-]+\s*$/m,
  /^(`{3,}|~{3,})[\w-]*\s*$/m,
  /^\|.+\|\s*\n\|[\s:|-]+\|\s*$/m,
  /!?\[[^\]\n]+\]\((?:https?:|article:|mailto:|\/)[^)\s]*(?: "[^"\n]*")?\)/,
  /^\[\^[^\]\s]+\]: \S/m,
  /<article:\d+>/,
  /(?:^|[\s(])(\*\*|__|~~)\S(?:[^\n]*?\S)?\1(?=$|[\s).,:;!?])/m,
];

/** True for text that somebody wrote as Markdown, and not by chance. */
export const looksLikeMarkdown = (text) => signs.some((sign) => sign.test(text));
