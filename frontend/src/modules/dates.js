// A page that speaks of another day hands that day on to the pages it links to.
const day = document.body.dataset.on;

// Carries the day unless the link already says one, leaves the site, or leads back to today (data-today).
function carry(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || link.origin !== location.origin || link.hasAttribute("download") || link.closest("[data-today]")) return;
  const url = new URL(link.href);
  if (url.searchParams.has("on") || url.pathname + url.search === location.pathname + location.search) return;
  url.searchParams.set("on", day);
  link.href = url.href;
}

if (day) {
  // Before the click itself, so that opening in a new tab carries it too.
  document.addEventListener("pointerdown", carry, true);
  document.addEventListener("keydown", (event) => event.key === "Enter" && carry(event), true);
}
