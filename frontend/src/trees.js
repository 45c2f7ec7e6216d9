// The page of the two trees: reads what the server wrote into the page and brings the picture to life.
import "./trees.css";
import { draw, redraw } from "./trees/draw.js";
import { finding } from "./trees/find.js";
import { keys } from "./trees/keys.js";
import { follow, layout } from "./trees/layout.js";
import { light } from "./trees/light.js";
import { listing } from "./trees/list.js";
import { above, readModel } from "./trees/model.js";
import { sentence } from "./trees/words.js";
import { zooming } from "./trees/zoom.js";

// More boxes than this start folded: 2,000 open as quickly as 40, and nobody reads them at once.
const MANY = 150, NARROW = "(max-width: 719.98px)", BELOW = "(max-width: 1199.98px)";

const root = document.querySelector("[data-trees]");
// The print view of the table is there to be printed.
if (document.querySelector("script[data-print]")) addEventListener("load", () => print());
if (root) start(root, JSON.parse(document.getElementById("trees-data").textContent));

function start(root, data) {
  const frame = root.querySelector("[data-window]"), said = root.querySelector("[data-said]");
  const sizer = frame.appendChild(document.createElement("div")), stage = sizer.appendChild(document.createElement("div"));
  sizer.className = "trees-sizer";
  stage.className = "trees-stage";
  stage.setAttribute("role", "group");
  stage.setAttribute("aria-label", "两棵树:左为行政组织,右为党组织");
  const model = readModel(data);
  const view = { root, frame, sizer, stage, model, folded: new Set(), pinned: null, matches: new Set(), pageOf: (node) => page(root, node) };
  if (model.nodes.size > MANY) foldAll(view);
  const scale = root.querySelector("[data-scale]");
  const zoom = zooming(view, (value) => {
    scale.textContent = `${Math.round(value * 100)}%`;
    scrolled();
  });
  let focusId = model.tops.left[0]?.id ?? model.tops.right[0]?.id;

  function render() {
    const held = document.activeElement?.closest?.("[data-node]") && stage.contains(document.activeElement);
    view.plan = layout(model, view.folded, { width: frame.clientWidth, height: tallest() });
    follow(view.plan, ...seen());
    if (!view.plan.byId.has(focusId)) focusId = view.plan.boxes[0]?.node.id;
    draw(stage, model, view.plan, focusId);
    zoom.resize();
    act.marked();
    light(view, model.nodes.get(view.pinned));
    if (held) box(focusId)?.focus({ preventScroll: true });
  }

  // What the window shows, in the picture's own pixels.
  const tallest = () => parseFloat(getComputedStyle(frame).maxHeight) / zoom.state.scale;
  const seen = () => [frame.scrollTop / zoom.state.scale, tallest()];

  function scrolled() {
    if (!view.plan || !follow(view.plan, ...seen())) return;
    redraw(stage, model, view.plan);
    light(view, model.nodes.get(view.lit));
  }

  const box = (id) => stage.querySelector(`[data-node="${id}"]`);

  const act = {
    focus(node) {
      if (!node) return;
      box(focusId)?.setAttribute("tabindex", "-1");
      focusId = node.id;
      box(focusId).tabIndex = 0;
      box(focusId).focus();
      box(focusId).scrollIntoView({ block: "nearest", inline: "nearest" });
    },
    choose(node) {
      if (node.word) return;
      if (view.pinned === node.id) {
        location.href = view.pageOf(node);
        return;
      }
      view.pinned = node.id;
      light(view, node);
      side(root, node, true);
    },
    fold(node) {
      if (!view.folded.delete(node.id)) view.folded.add(node.id);
      focusId = node.id;
      render();
      said.textContent = sentence(node, !view.folded.has(node.id));
    },
    clear() {
      view.pinned = null;
      light(view, null);
      remember(null);
    },
    marked() {
      for (const one of stage.querySelectorAll("[data-node]")) one.toggleAttribute("data-match", view.matches.has(Number(one.dataset.node)));
      if (!list.hidden) rows.render();
    },
    reveal(node) {
      for (let one = above(model, node); one; one = above(model, one)) view.folded.delete(one.id);
      view.pinned = node.id;
      render();
      side(root, node);
      box(node.id).scrollIntoView({ block: "center", inline: "nearest" });
    },
    larger: () => zoom.by(1.2),
    smaller: () => zoom.by(1 / 1.2),
    fit: () => zoom.fit(),
    unfold: () => (view.folded.clear(), render()),
    foldAll: () => (foldAll(view), render()),
  };

  const list = root.querySelector("[data-list]"), rows = listing(list, view);
  pointing(view, act, () => focusId);
  keys(view, act);
  finding(root, view, act);
  switching(root, (way) => {
    frame.hidden = way === "list";
    list.hidden = way !== "list";
    if (way === "list") rows.render();
    else render();
  });
  tools(root, { larger: act.larger, smaller: act.smaller, fit: act.fit, unfold: act.unfold, fold: act.foldAll });
  frame.addEventListener("scroll", () => requestAnimationFrame(scrolled), { passive: true });
  resizing(frame, render);
  if (!frame.hidden) render();
  if (data.chosen && !frame.hidden) act.reveal(model.nodes.get(data.chosen));
}

function foldAll({ model, folded }) {
  for (const node of model.nodes.values()) if (node.children.length && node.depth > 0) folded.add(node.id);
}

function page(root, node) {
  const on = root.dataset.on;
  return root.dataset.page.replace("/0/", `/${node.id}/`) + (on ? `?on=${on}` : "");
}

// The panel comes by htmx: the loader stands in the page, only its address changes. Where it stands below
// the picture, the page moves to it, so that a touch has an answer that one sees.
function side(root, node, come = false) {
  const loader = root.querySelector("[data-loader]");
  if (come && matchMedia(BELOW).matches) document.getElementById("trees-side").addEventListener("htmx:afterSettle", comeTo, { once: true });
  loader.dataset.want = root.dataset.side.replace("/0/", `/${node.id}/`) + (root.dataset.on ? `?on=${root.dataset.on}` : "");
  loader.dispatchEvent(new CustomEvent("choose"));
  remember(node.id);
}

function comeTo() {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  document.getElementById("trees-side").scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

document.addEventListener("htmx:configRequest", (event) => {
  const want = event.target.dataset?.want;
  if (want) event.detail.path = want;
});

function remember(id) {
  const here = new URL(location.href);
  if (id) here.searchParams.set("node", id);
  else here.searchParams.delete("node");
  history.replaceState(history.state, "", here);
}

function pointing(view, act) {
  const { stage, frame, model } = view;
  const nodeAt = (target) => model.nodes.get(Number(target.closest?.("[data-node]")?.dataset.node));
  const pinned = () => model.nodes.get(view.pinned);
  stage.addEventListener("pointerover", (event) => event.pointerType === "mouse" && light(view, nodeAt(event.target) ?? pinned()));
  stage.addEventListener("pointerleave", () => light(view, pinned()));
  stage.addEventListener("focusin", (event) => light(view, nodeAt(event.target)));
  stage.addEventListener("focusout", () => light(view, pinned()));
  frame.addEventListener("click", (event) => {
    const dragged = "dragged" in frame.dataset, node = nodeAt(event.target);
    delete frame.dataset.dragged;
    if (!node) return dragged || act.clear();
    if (event.target.closest("[data-fold]")) return act.fold(node);
    if (view.pinned !== node.id) act.choose(node);
  });
}

function switching(root, show) {
  const buttons = [...root.querySelectorAll("[data-show]")];
  const set = (way) => {
    for (const button of buttons) button.setAttribute("aria-pressed", button.dataset.show === way);
    root.dataset.shown = way;
    show(way);
  };
  for (const button of buttons) button.addEventListener("click", () => set(button.dataset.show));
  const narrow = matchMedia(NARROW);
  narrow.addEventListener("change", () => set(narrow.matches ? "list" : "picture"));
  if (narrow.matches) set("list");
}

function tools(root, deeds) {
  root.querySelector("[data-tools]").addEventListener("click", (event) => deeds[event.target.closest("[data-do]")?.dataset.do]?.());
}

function resizing(frame, render) {
  let width = frame.clientWidth;
  new ResizeObserver(() => {
    if (frame.hidden || frame.clientWidth === width) return;
    width = frame.clientWidth;
    render();
  }).observe(frame);
}
