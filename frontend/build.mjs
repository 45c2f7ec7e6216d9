// Builds src/ into the folder given as first argument. Needs nothing but node_modules.
import { mkdirSync, readFileSync, existsSync, writeFileSync, copyFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
// Offices keep browsers for years; what these lack is written out for them.
const target = ["chrome90", "firefox88", "safari15"];

async function styles() {
  const { css } = compile(join(here, "src/app.scss"), { loadPaths: [join(here, "node_modules")], quietDeps: true });
  const { code } = await transform(css, { loader: "css", minify: true, target, legalComments: "none" });
  writeFileSync(join(out, "app.css"), code);
}

async function scripts() {
  const entries = ["app.js", "charts.js", "trees.js"].map((name) => join(here, "src", name)).filter(existsSync);
  await build({ entryPoints: entries, outdir: out, bundle: true, minify: true, format: "iife", target, legalComments: "none", logLevel: "warning" });
}

// The icons named in icons.txt, as one file of <symbol>s.
function icons() {
  const names = readFileSync(join(here, "icons.txt"), "utf8").split("\n").filter(Boolean);
  const file = (name) => join(here, "node_modules/@tabler/icons/icons/outline", `${name}.svg`);
  const unknown = names.filter((name) => !existsSync(file(name)));
  if (unknown.length) throw new Error(`icons.txt names icons that Tabler does not have: ${unknown.join(", ")}`);
  const symbols = names.map((name) => {
    const svg = readFileSync(file(name), "utf8");
    const shape = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>")).replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${shape}</symbol>`;
  });
  writeFileSync(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

mkdirSync(out, { recursive: true });
await Promise.all([styles(), scripts()]);
icons();
for (const name of ["logo.svg", "favicon.svg"]) copyFileSync(join(here, "src", name), join(out, name));
