// Where everything stands. Pure: a model and what is folded in, boxes and lines out (pixels at 100 %).
import { above, shown } from "./model.js";

const ROW = 28, TALL = 46, HEAD = 28, GAP = 7, BEFORE_HEAD = 7, INDENT = 14, PAD = 20, LEAST = 680, MANY = 14;
// More lines than this are not drawn anew while one scrolls.
const MOST_FOLLOWING = 400;

// `room` is the size of the window onto the picture.
export function layout(model, folded, room) {
  const width = Math.max(LEAST, room.width);
  const column = Math.min(300, Math.max(240, Math.round(width * 0.29)));
  const left = stacked(model.tops.left, folded, () => ROW);
  const few = countLeaves(model.tops.right, folded) <= MANY;
  const right = stacked(model.tops.right, folded, (node) => (few && !node.children.length ? TALL : ROW));
  const lines = bundled(model, folded);
  const [fixed, free] = right.height > left.height ? [right, left] : [left, right];
  // A side that the window can show whole follows it; else it moves towards the ends of its lines.
  const follows = free.height < fixed.height && free.height <= room.height && lines.length <= MOST_FOLLOWING;
  if (!follows) settle(free, fixed, lines);
  place(left, (row) => ({ x: PAD + row.depth * INDENT, w: column - row.depth * INDENT + (row.shape === "head" ? INDENT * 5 : 0) }));
  place(right, (row) => ({ x: width - PAD - column, w: column - row.depth * INDENT }));
  const boxes = [...left.rows, ...right.rows];
  const height = Math.max(left.height, right.height) + PAD;
  const byId = new Map(boxes.map((box) => [box.node.id, box]));
  const inner = { left: PAD + column, right: width - PAD - column };
  return { boxes, byId, lines, width, height, inner, follower: follows ? { ...free, most: fixed.height - free.height, offset: 0 } : null };
}

// Puts the following side into the middle of what the window shows; false if it stood there already.
export function follow(plan, top, seen) {
  const side = plan.follower;
  if (!side) return false;
  const wanted = Math.round(Math.min(side.most, Math.max(0, top + (seen - side.height) / 2)));
  const step = wanted - side.offset;
  side.offset = wanted;
  for (const row of side.rows) row.y += step;
  return step !== 0;
}

function countLeaves(tops, folded) {
  return tops.reduce((sum, node) => sum + (node.children.length && !folded.has(node.id) ? countLeaves(node.children, folded) : 1), 0);
}

function stacked(tops, folded, heightOf) {
  const rows = [];
  let y = PAD / 2;
  const visit = (node, depth) => {
    const open = node.children.length > 0 && !folded.has(node.id);
    const h = open ? HEAD : heightOf(node);
    if (open && rows.length) y += BEFORE_HEAD;
    rows.push({ node, depth, h, y, shape: open ? "head" : node.children.length ? "folded" : "leaf" });
    y += h + (open ? GAP / 2 : GAP);
    if (open) for (const child of node.children) visit(child, depth + 1);
  };
  for (const node of tops) visit(node, 0);
  return { rows, height: y };
}

function place(side, measure) {
  for (const row of side.rows) Object.assign(row, measure(row));
}

// One line for each pair of shown ends; of folded groups it stands for several.
function bundled(model, folded) {
  const lines = new Map();
  for (const [branch, section, members] of model.lines) {
    const from = shown(model, model.nodes.get(section), folded), to = shown(model, model.nodes.get(branch), folded);
    const key = `${from.id}-${to.id}`;
    const line = lines.get(key) ?? { from: from.id, to: to.id, count: 0, members: 0 };
    line.count += 1;
    line.members += members;
    lines.set(key, line);
  }
  return [...lines.values()];
}

// The shorter side moves towards the ends of its lines without changing its order: least squares under
// y[i] >= y[i-1], by pooling neighbours that would overlap.
function settle(free, fixed, lines) {
  const at = new Map(fixed.rows.map((row) => [row.node.id, row.y + row.h / 2]));
  const wishes = new Map();
  for (const line of lines) {
    const [mine, theirs] = at.has(line.from) ? [line.to, line.from] : [line.from, line.to];
    if (!wishes.has(mine)) wishes.set(mine, []);
    wishes.get(mine).push(at.get(theirs));
  }
  const shift = free.rows.map((row) => {
    const list = wishes.get(row.node.id);
    return list ? list.reduce((sum, one) => sum + one, 0) / list.length - row.h / 2 - row.y : undefined;
  });
  const most = Math.max(0, fixed.height - free.height);
  pooled(shift).forEach((step, index) => (free.rows[index].y += Math.min(most, Math.max(0, step))));
}

function pooled(shift) {
  // What has no wish of its own stays with what comes after it: a heading with its first box.
  const goal = [...shift];
  for (let i = goal.length - 2; i >= 0; i--) goal[i] ??= goal[i + 1];
  for (let i = 0; i < goal.length; i++) goal[i] ??= goal[i - 1] ?? 0;
  const blocks = [];
  goal.forEach((value, index) => {
    blocks.push({ value, weight: shift[index] === undefined ? 0.001 : 1, size: 1 });
    while (blocks.length > 1 && blocks[blocks.length - 2].value > blocks[blocks.length - 1].value) {
      const last = blocks.pop(), prior = blocks[blocks.length - 1], weight = prior.weight + last.weight;
      prior.value = (prior.value * prior.weight + last.value * last.weight) / weight;
      prior.weight = weight;
      prior.size += last.size;
    }
  });
  return blocks.flatMap((block) => Array(block.size).fill(block.value));
}

// The outer guide of an open group: from its heading down to its last child.
export function guides(model, boxes, byId) {
  return boxes.filter((box) => box.shape === "head").map((box) => {
    const last = byId.get(box.node.children[box.node.children.length - 1].id);
    const x = box.node.party ? box.x + box.w - INDENT / 2 : box.x + INDENT / 2;
    return { x, from: box.y + box.h - 2, to: last.y + last.h / 2, reach: box.node.party ? -INDENT / 2 : INDENT / 2, children: box.node.children.map((one) => byId.get(one.id)), above: above(model, box.node) };
  });
}
