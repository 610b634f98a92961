import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

rmSync("wwwroot/dist", { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ["assets/editor.js", "assets/pictures.js"],
  outdir: "wwwroot/dist",
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

// Their licences ask to be passed on with the code.
const packages = new Set(Object.keys(metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean));
const notices = [...packages].sort().map((name) => {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version}, ${license}\n\n${file ? readFileSync(`${folder}/${file}`, "utf8").trim() : ""}`;
});
writeFileSync("wwwroot/dist/editor.licences.txt", `${notices.join("\n\n----\n\n")}\n`);

const bundle = readFileSync("wwwroot/dist/editor.js");
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
console.log(`wwwroot/dist/editor.js: ${kib(bundle.length)}, ${kib(brotliCompressSync(bundle).length)} in brotli`);
