import { readFileSync, rmSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

rmSync("wwwroot/dist", { recursive: true, force: true });
await build({
  entryPoints: ["assets/editor.js"],
  outdir: "wwwroot/dist",
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  logLevel: "warning",
});

const bundle = readFileSync("wwwroot/dist/editor.js");
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
console.log(`wwwroot/dist/editor.js: ${kib(bundle.length)}, ${kib(brotliCompressSync(bundle).length)} in brotli`);
