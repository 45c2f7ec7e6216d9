// Writes the order of Chinese signs by strokes (笔画数,相同的按部首), as Unicode CLDR has it and Node carries it in ICU:
//   node tools/strokes.mjs > src/onebow/apps/organizations/strokes.txt
// The data is © Unicode, Inc., under the Unicode License v3 (https://www.unicode.org/license.txt).
const FIRST = 0x4e00, LAST = 0x9fff, WIDTH = 110;
const signs = [];
for (let point = FIRST; point <= LAST; point++) signs.push(String.fromCodePoint(point));
signs.sort(new Intl.Collator("zh-u-co-stroke").compare);
const lines = [];
for (let start = 0; start < signs.length; start += WIDTH) lines.push(signs.slice(start, start + WIDTH).join(""));
console.log(lines.join("\n"));
