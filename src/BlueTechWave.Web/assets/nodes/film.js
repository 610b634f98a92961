const youTube = (id) => (/^[\w-]{11}$/.test(id ?? "") ? { host: "YouTube", address: `https://www.youtube.com/watch?v=${id}` } : null);
const vimeo = (id) => (/^\d{1,12}$/.test(id ?? "") ? { host: "Vimeo", address: `https://vimeo.com/${id}` } : null);

/** The film an address shows, by the same rule as Core's Video; null for any other address. */
export function findVideo(address) {
  if (!address || address.length > 300 || !URL.canParse(address)) return null;
  const uri = new URL(address);
  if (!/^https?:$/.test(uri.protocol)) return null;

  const path = uri.pathname.split("/").filter(Boolean);
  switch (uri.hostname) {
    case "youtu.be":
      return path.length === 1 ? youTube(path[0]) : null;
    case "youtube.com":
    case "www.youtube.com":
    case "m.youtube.com":
    case "www.youtube-nocookie.com":
      if (path.length === 1 && path[0] === "watch") return youTube(uri.searchParams.get("v"));
      return path.length === 2 && /^(embed|shorts|live)$/.test(path[0]) ? youTube(path[1]) : null;
    case "vimeo.com":
    case "www.vimeo.com":
      return path.length === 1 ? vimeo(path[0]) : null;
    case "player.vimeo.com":
      return path.length === 2 && path[0] === "video" ? vimeo(path[1]) : null;
    default:
      return null;
  }
}
