/** Thrown at what the visual view does not carry. */
export class Uncarried extends Error {}

/** The article an address names, as in `article:12`; null for any other address. */
export const articleOf = (address) => /^article:0*([1-9]\d{0,9})$/i.exec(address ?? "")?.[1] ?? null;

/** Addresses that become links without being marked as such, as the server's AutoLinks finds them. */
export const bareAddress = /(?<=^|[\s*_~(])(?:https?:\/\/|ftp:\/\/|mailto:|www\.)[^\s<]*[^\s<?!.,:;*_~"'()[\]]/gi;
