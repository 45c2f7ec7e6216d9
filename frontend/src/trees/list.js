// The list: what a narrow screen shows instead of the picture. Sections with their branches, or the other way round.
import { below } from "./model.js";
import { mark, small } from "./words.js";

const WAYS = { left: "按科室看", right: "按支部看" };

function make(name, values = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(values)) {
    if (key === "data") Object.assign(element.dataset, value);
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

export function listing(place, view) {
  let way = "left";

  function render() {
    const groups = [...groupsOf(view.model.tops[way])];
    const many = view.model.nodes.size > 150;
    place.replaceChildren(switcher(), ...groups.map((group) => accordion(group, view, !many || view.matches.size > 0)));
  }

  function switcher() {
    const buttons = Object.entries(WAYS).map(([key, title]) =>
      make("button", { type: "button", class: "btn btn-small", "aria-pressed": key === way, data: { way: key } }, title));
    return make("div", { class: "trees-switch", role: "group", "aria-label": "列表顺序" }, ...buttons);
  }

  place.addEventListener("click", (event) => {
    const button = event.target.closest("[data-way]"), tag = event.target.closest("[data-goto]");
    if (button) way = button.dataset.way;
    if (tag) way = way === "left" ? "right" : "left";
    if (!button && !tag) return;
    render();
    if (tag) arrive(place, tag.dataset.goto);
    else place.querySelector(`[data-way="${way}"]`).focus();
  });
  return { render };
}

function arrive(place, id) {
  const item = place.querySelector(`[data-node="${id}"]`);
  if (!item) return;
  item.closest("details").open = true;
  item.dataset.state = "chosen";
  item.querySelector("a").focus({ preventScroll: true });
  item.scrollIntoView({ block: "center" });
}

// Each organization that holds leaves directly, with these.
function* groupsOf(tops) {
  for (const node of tops.flatMap((top) => [...below(top)])) {
    const leaves = node.children.filter((child) => !child.children.length);
    if (leaves.length) yield { title: node.name, node, leaves };
  }
  const alone = tops.filter((top) => !top.children.length);
  if (alone.length) yield { title: alone[0].party ? "支部" : "组织", leaves: alone };
}

function accordion({ title, leaves }, view, open) {
  const wanted = view.matches.size ? leaves.filter((leaf) => view.matches.has(leaf.id)) : leaves;
  if (!wanted.length) return "";
  const count = make("span", { class: "trees-small" }, `${wanted.length} 个`);
  const items = wanted.map((leaf) => item(leaf, view));
  return make("details", open ? { open: "" } : {}, make("summary", {}, title, count), make("ul", {}, ...items));
}

function item(leaf, view) {
  const note = mark(leaf), tree = leaf.party ? "party" : "administrative";
  const tags = leaf.ends.map(({ node, members }) =>
    make("button", { type: "button", class: `trees-tag is-${node.party ? "party" : "business"}`, "aria-label": `${node.name},${members}名党员,转到`, data: { goto: node.id } }, `${node.name} ${members}`));
  const name = leaf.word ? make("span", {}, leaf.name) : make("a", { href: view.pageOf(leaf) }, leaf.name);
  const head = make("p", {}, name, make("span", { class: "trees-small" }, small(leaf, false)));
  const foot = make("p", { class: "trees-tags" }, ...tags, ...(note ? [make("span", { class: "trees-note" }, note)] : []));
  return make("li", { data: { node: leaf.id, tree } }, head, ...(tags.length || note ? [foot] : []));
}
