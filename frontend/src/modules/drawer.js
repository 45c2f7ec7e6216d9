// The navigation of narrow screens: a drawer that keeps the focus until it is closed.
const drawer = document.querySelector("[data-drawer-body]");
const opener = document.querySelector("[data-drawer]");
let shade = null;

function setOpen(open) {
  drawer.classList.toggle("is-open", open);
  opener.setAttribute("aria-expanded", String(open));
  for (const part of document.querySelectorAll(".topbar, main")) part.inert = open;
  shade?.remove();
  shade = null;
  if (!open) return opener.focus();
  shade = document.createElement("div");
  shade.className = "drawer-shade";
  shade.addEventListener("click", () => setOpen(false));
  document.body.append(shade);
  drawer.querySelector("[data-drawer-close]").focus();
}

if (drawer && opener) {
  const isOpen = () => drawer.classList.contains("is-open");
  opener.addEventListener("click", () => setOpen(true));
  drawer.querySelector("[data-drawer-close]").addEventListener("click", () => setOpen(false));
  document.addEventListener("keydown", (event) => event.key === "Escape" && isOpen() && setOpen(false));
  // A window made wide again shows the navigation beside the page.
  matchMedia("(min-width: 992px)").addEventListener("change", (wide) => wide.matches && isOpen() && setOpen(false));
} else if (opener) {
  opener.hidden = true;
}
