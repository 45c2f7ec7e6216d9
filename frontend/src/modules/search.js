// The search box: "/" goes to it, arrows move among the results, Escape leaves.
const box = document.querySelector("[data-search]");

function keys(input, results) {
  const hits = () => [...results.querySelectorAll("a")];
  box.addEventListener("keydown", (event) => {
    const all = hits();
    const at = all.indexOf(document.activeElement);
    if (event.key === "Escape") {
      if (at >= 0) input.focus();
      results.hidden = true;
    } else if (event.key === "ArrowDown" && all.length) {
      results.hidden = false;
      (all[at + 1] ?? all[0]).focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      (all[at - 1] ?? input).focus();
    } else {
      return;
    }
    event.preventDefault();
  });
}

if (box) {
  const input = box.querySelector("input");
  const results = box.querySelector(".search-results");
  keys(input, results);
  input.addEventListener("input", () => {
    results.hidden = false;
    if (!input.value.trim()) results.replaceChildren();
  });
  document.addEventListener("click", (event) => { if (!box.contains(event.target)) results.hidden = true; });
  box.addEventListener("focusout", (event) => { if (event.relatedTarget && !box.contains(event.relatedTarget)) results.hidden = true; });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}
