// Puts a layout on the page: boxes as buttons, lines as one SVG beneath them.
import { guides } from "./layout.js";
import { mark, sentence, small } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

export function draw(stage, model, plan, focusId) {
  stage.style.width = `${plan.width}px`;
  stage.style.height = `${plan.height}px`;
  // Thousands of boxes that fade take longer than one waits for a highlight.
  stage.toggleAttribute("data-large", plan.boxes.length > 400);
  const buttons = plan.boxes.map((box) => boxButton(box, box.node.id === focusId));
  stage.replaceChildren(lineSheet(model, plan), ...buttons);
}

// After the following side moved: its boxes and all lines, nothing else.
export function redraw(stage, model, plan) {
  for (const row of plan.follower.rows) stage.querySelector(`[data-node="${row.node.id}"]`).style.top = `${row.y}px`;
  stage.querySelector(".trees-lines").replaceWith(lineSheet(model, plan));
}

export function svg(name, values, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(values)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function html(name, className, text) {
  const element = document.createElement(name);
  element.className = className;
  if (text) element.textContent = text;
  return element;
}

function boxButton({ node, shape, x, y, w, h }, isFocus) {
  const button = html("button", `trees-box is-${shape}`);
  button.type = "button";
  button.tabIndex = isFocus ? 0 : -1;
  Object.assign(button.dataset, { node: node.id, tree: node.party ? "party" : "administrative" });
  Object.assign(button.style, { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px` });
  button.setAttribute("aria-label", sentence(node, shape === "head"));
  if (node.children.length) {
    button.setAttribute("aria-expanded", shape === "head");
    const turn = html("span", "trees-turn");
    turn.dataset.fold = "";
    button.append(turn);
  }
  if (node.word) button.classList.add("is-word");
  const tall = h > 40, note = shape === "head" ? "" : mark(node);
  const name = html("span", "trees-name", node.name);
  if (node.name.length > 11) name.title = node.name;
  button.append(name);
  if (note) button.append(html("span", "trees-note", note));
  button.append(html("span", "trees-small", small(node, tall, note)));
  if (tall) button.classList.add("is-tall");
  return button;
}

function lineSheet(model, plan) {
  const sheet = svg("svg", { width: plan.width, height: plan.height, class: "trees-lines", "aria-hidden": "true" });
  const frame = guides(model, plan.boxes, plan.byId).map((one) => svg("path", { d: guidePath(one), class: "trees-guide" }));
  const lines = plan.lines.map((line) => svg("path", { d: curve(plan, line), class: "trees-line", "stroke-width": thickness(line.count) }));
  const counts = plan.lines.filter((line) => line.count > 1).map((line) => countMark(plan, line));
  sheet.append(svg("g", {}, ...frame), svg("g", { class: "trees-base" }, ...lines, ...counts), svg("g", { class: "trees-over" }));
  return sheet;
}

function guidePath({ x, from, to, reach, children }) {
  return `M${x} ${from}V${to}` + children.map((one) => `M${x} ${one.y + one.h / 2}h${reach}`).join("");
}

export const thickness = (count) => (1.25 + Math.min(4, Math.log2(count))).toFixed(2);

export function ends(plan, line) {
  const from = plan.byId.get(line.from), to = plan.byId.get(line.to);
  return { x1: plan.inner.left, y1: from.y + from.h / 2, x2: plan.inner.right, y2: to.y + to.h / 2 };
}

export function curve(plan, line) {
  const { x1, y1, x2, y2 } = ends(plan, line);
  const bend = (x2 - x1) * 0.48;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function countMark(plan, line) {
  const { x1, y1, x2, y2 } = ends(plan, line);
  return svg("text", { x: (x1 + x2) / 2, y: (y1 + y2) / 2 + 4, class: "trees-count" }, String(line.count));
}
