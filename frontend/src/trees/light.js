// Lights a node, its lines and their other ends, and lets the rest fade.
import { curve, ends, svg, thickness } from "./draw.js";
import { below, shown } from "./model.js";

export function light(view, node) {
  const { stage, model, plan, folded } = view;
  view.lit = node?.id;
  for (const box of stage.querySelectorAll("[data-state]")) delete box.dataset.state;
  const over = stage.querySelector(".trees-over");
  over.replaceChildren();
  stage.toggleAttribute("data-lit", Boolean(node));
  if (!node) return;
  const inside = new Set([...below(node)].map((one) => shown(model, one, folded).id));
  const lines = plan.lines.filter((line) => inside.has(line.from) || inside.has(line.to));
  const strays = strayLines(view, node);
  for (const id of inside) state(stage, id, "lit");
  for (const line of [...lines, ...strays]) {
    const other = inside.has(line.from) ? line.to : line.from;
    if (!inside.has(other)) state(stage, other, line.stray ? "stray" : "tied");
  }
  state(stage, node.id, view.pinned === node.id ? "chosen" : "active");
  over.setAttribute("class", `trees-over is-${node.party ? "party" : "business"}`);
  over.append(...[...strays, ...lines].map((line) => overLine(plan, line)), ...[...strays, ...lines].map((line) => label(plan, line, node)));
}

function state(stage, id, word) {
  const box = stage.querySelector(`[data-node="${id}"]`);
  if (box) box.dataset.state = word;
}

// Members who sit in a branch that does not cover their section; only for the node one looks at.
function strayLines({ model, plan, folded }, node) {
  return node.strays.flatMap(({ node: other, members }) => {
    const near = shown(model, node, folded), far = shown(model, other, folded);
    const [from, to] = node.party ? [far.id, near.id] : [near.id, far.id];
    return plan.byId.has(from) && plan.byId.has(to) ? [{ from, to, count: 1, members, stray: true }] : [];
  });
}

function overLine(plan, line) {
  const width = line.stray ? 1.5 : Math.max(2, Number(thickness(line.count)));
  return svg("path", { d: curve(plan, line), class: line.stray ? "trees-stray" : "trees-bright", "stroke-width": width });
}

// The number of members stands at the far end, where lines are apart.
function label(plan, line, node) {
  const { x1, y1, x2, y2 } = ends(plan, line);
  const at = node.party ? { x: x1 + 10, y: y1 - 5, "text-anchor": "start" } : { x: x2 - 10, y: y2 - 5, "text-anchor": "end" };
  return svg("text", { ...at, class: "trees-members" }, `${line.members}名党员${line.stray ? "(未覆盖)" : ""}`);
}
