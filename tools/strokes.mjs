// Writes Chinese signs by the number of their strokes, a line for each number, equal ones in the order in which they are
// written (横 竖 撇 点 折), from the stroke orders of the package cnchar-order:
//   npm pack cnchar-order@3.2.6 && tar xzf cnchar-order-3.2.6.tgz
//   node tools/strokes.mjs package/cnchar.order.min.js > src/onebow/apps/organizations/strokes.txt
// Data: MIT License, © 2017-present theajack <theajack@qq.com>.
import { readFileSync } from "node:fs";

// The five classes of strokes: 提 counts with 横, 竖钩 with 竖, 捺 with 点; all that is not named here is a bend.
const CLASS = { j: 1, i: 1, f: 2, g: 2, s: 3, k: 4, l: 4, d: 4 };
const text = readFileSync(process.argv[2], "utf8");
const orders = JSON.parse(text.match(/JSON\.parse\('(\{.*?\})'\)/)[1]);
const written = Object.entries(orders).map(([sign, strokes]) => [sign, [...strokes].map((one) => CLASS[one] ?? 5).join("")]);
written.sort(([, one], [, other]) => one.length - other.length || (one < other ? -1 : one > other ? 1 : 0));
const lines = new Map();
for (const [sign, strokes] of written) lines.set(strokes.length, (lines.get(strokes.length) ?? "") + sign);
console.log("# MIT License, © 2017-present theajack <theajack@qq.com> (cnchar-order 3.2.6); written by tools/strokes.mjs");
for (const [count, signs] of lines) console.log(`${count} ${signs}`);
