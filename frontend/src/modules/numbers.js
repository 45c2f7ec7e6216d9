// A person's number never goes into an address, where histories and logs would keep it.
const NUMBER = /(^|\D)(\d{17}[\dXx]|1[3-9]\d{9})(?![\dXx])/;

export function holdsNumber(text) {
  return NUMBER.test(text.normalize("NFKC").replace(/[\s-]/g, ""));
}

// A list's own search is sent as an address: with a number in it the form that posts takes over, where there is one.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get") return;
  const typed = [...form.querySelectorAll("input[type=search]")].find((input) => holdsNumber(input.value));
  const poster = document.querySelector("form[data-by-number]");
  if (!typed || !poster) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  poster.elements.number.value = typed.value;
  poster.requestSubmit();
}, true);
