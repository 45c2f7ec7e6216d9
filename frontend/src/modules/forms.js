// A choice above a table counts at once; a form is sent once.
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.hasAttribute("data-submit-on-change") && event.target.matches("select")) form.requestSubmit();
});

// The token that counts is the cookie's: a page that was open while its person signed in anew stays usable.
function token() {
  return /(?:^|; )onebow_csrf=([^;]+)/.exec(document.cookie)?.[1];
}

document.addEventListener("submit", (event) => {
  const field = event.target.elements.csrfmiddlewaretoken;
  if (field && token()) field.value = token();
}, true);

document.addEventListener("htmx:configRequest", (event) => {
  if (token()) event.detail.headers["X-CSRFToken"] = token();
});

// The server carries a form out once whatever happens; this only shows that it is under way.
function mark(form, sending) {
  for (const button of form.querySelectorAll("button[type=submit], button:not([type])")) {
    button.classList.toggle("is-sending", sending);
    button.setAttribute("aria-disabled", String(sending));
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sending) return event.preventDefault();
  form.dataset.sending = "1";
  mark(form, true);
});

function release(form) {
  if (!form?.dataset?.sending) return;
  delete form.dataset.sending;
  mark(form, false);
}

document.addEventListener("htmx:afterRequest", (event) => release(event.target.closest?.("form")));
// Back from the next page, or a file download that leaves the page where it was.
addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(release));
addEventListener("blur", () => setTimeout(() => document.querySelectorAll("form[data-sending][data-download]").forEach(release), 1000));

// A part that came back with errors: go to the first field that needs a look.
document.addEventListener("htmx:afterSettle", (event) => {
  const wrong = event.target.querySelector?.(".has-errors input, .has-errors select, .has-errors textarea");
  wrong?.focus();
});

// "Back" keeps what was typed, which a link to the same page would not.
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("a[data-back]") || history.length < 2) return;
  event.preventDefault();
  history.back();
});
