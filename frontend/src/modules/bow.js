// Whatever is pointed at or focused in the picture of the bow lights up with its ties and what these lead to.
const light = (drawing, node) => {
  const key = node?.dataset.node;
  drawing.classList.toggle("is-lighting", Boolean(key));
  const lit = new Set(key ? [key] : []);
  for (const arc of drawing.querySelectorAll(".bow-arc")) {
    const { from, to } = arc.dataset;
    const touches = Boolean(key) && (from === key || to === key);
    arc.classList.toggle("is-lit", touches);
    if (touches) lit.add(from).add(to);
  }
  for (const one of drawing.querySelectorAll(".bow-node")) one.classList.toggle("is-lit", lit.has(one.dataset.node));
};

for (const name of ["pointerover", "focusin", "focusout"]) {
  document.addEventListener(name, (event) => {
    const drawing = event.target.closest?.(".bow-picture .drawing");
    // Leaving the picture puts it out, and so does its empty ground.
    if (drawing) light(drawing, name === "focusout" ? null : event.target.closest(".bow-node"));
    else for (const lit of document.querySelectorAll(".drawing.is-lighting")) light(lit, null);
  });
}
