// Dragging a section to another branch; the server moves its members and answers with the board anew.
const chip = (event) => event.target.closest?.("[data-cell]");
const card = (event) => event.target.closest?.("[data-drop]");
let dragged = null;

document.addEventListener("dragstart", (event) => {
  dragged = chip(event);
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.cell);
  dragged.classList.add("is-dragged");
});

function leave() {
  document.querySelectorAll("[data-drop].is-over").forEach((one) => one.classList.remove("is-over"));
}

document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  dragged = null;
  leave();
});

document.addEventListener("dragover", (event) => {
  const target = dragged && card(event);
  if (!target) return;
  event.preventDefault();
  leave();
  target.classList.add("is-over");
});

document.addEventListener("drop", (event) => {
  const target = dragged && card(event);
  if (!target) return;
  event.preventDefault();
  leave();
  const form = document.getElementById("board-move");
  form.elements.cell.value = dragged.dataset.cell;
  form.elements.to.value = target.dataset.drop;
  form.requestSubmit();
});
