// The search box over the picture: marks what matches; Enter goes from one to the next.

export function finding(root, view, act) {
  const input = root.querySelector("[data-find]"), found = root.querySelector("[data-found]");
  let matches = [], next = 0;

  function look() {
    const text = input.value.trim().toLowerCase();
    const hit = (node) => !node.word && (node.name.toLowerCase().includes(text) || (node.initials ?? "").startsWith(text));
    matches = text ? [...view.model.nodes.values()].filter(hit) : [];
    next = 0;
    view.matches = new Set(matches.map((node) => node.id));
    found.textContent = text ? (matches.length ? `${matches.length} 个,回车定位` : "没有找到") : "";
    act.marked();
  }

  input.addEventListener("input", look);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && input.value) {
      input.value = "";
      look();
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (!matches.length) return;
    const node = matches[next % matches.length];
    next += 1;
    found.textContent = `${((next - 1) % matches.length) + 1} / ${matches.length}`;
    act.reveal(node);
  });
}
