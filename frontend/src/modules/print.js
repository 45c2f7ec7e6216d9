// A button that prints the page: <button type="button" data-print-page>.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print-page]")) window.print();
});
