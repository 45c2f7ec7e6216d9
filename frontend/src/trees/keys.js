// Arrow keys walk over the boxes: up and down within a tree, left and right along a line.
import { shown } from "./model.js";

const STEPS = { ArrowUp: -1, ArrowDown: 1 };

export function keys(view, act) {
  view.stage.addEventListener("keydown", (event) => {
    const box = view.plan.byId.get(Number(event.target.dataset.node));
    if (!box || event.altKey || event.metaKey) return;
    const done = deed(view, act, box, event.key);
    if (!done) return;
    event.preventDefault();
    done();
  });
}

function deed(view, act, box, key) {
  const side = view.plan.boxes.filter((one) => one.node.party === box.node.party);
  if (key in STEPS) return () => act.focus(side[side.indexOf(box) + STEPS[key]]?.node);
  if (key === "Home") return () => act.focus(side[0].node);
  if (key === "End") return () => act.focus(side[side.length - 1].node);
  if (key === (box.node.party ? "ArrowLeft" : "ArrowRight")) return () => act.focus(across(view, box));
  if (key === "Enter") return () => act.choose(box.node);
  if (key === " ") return () => (box.node.children.length ? act.fold(box.node) : act.choose(box.node));
  if (key === "Escape") return () => act.clear();
  return { "+": act.larger, "=": act.larger, "-": act.smaller, 0: act.fit }[key];
}

// The first other end of its lines; without lines, what stands level with it.
function across({ model, plan, folded }, box) {
  const tied = plan.lines.flatMap((line) => (line.from === box.node.id ? [line.to] : line.to === box.node.id ? [line.from] : []));
  if (tied.length) return shown(model, model.nodes.get(tied[0]), folded);
  const others = plan.boxes.filter((one) => one.node.party !== box.node.party);
  const far = (one) => Math.abs(one.y - box.y);
  return others.sort((a, b) => far(a) - far(b))[0]?.node;
}
