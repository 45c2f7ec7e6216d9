// <select data-picker="/people/options/">: type a name, pinyin or initials; the server answers with rows.
import TomSelect from "tom-select/base";
import removeButton from "tom-select/plugins/remove_button/plugin.js";
import { holdsNumber } from "./numbers.js";

TomSelect.define("remove_button", removeButton);

// What one types: a person's 姓名, anything else's 名称.
const texts = (of) => ({
  no_results: () => `<div class="no-results">没有找到;可输入${of}、全拼或首字母</div>`,
  loading: () => '<div class="no-results">正在查找…</div>',
});

// A row that stands in the list already keeps its <option>, or choosing it would add a second one.
const found = (picker, row) => ({ ...row, $option: picker.options[row.value]?.$option, found: true });

function enhance(select) {
  select.dataset.picked = "";
  const of = select.dataset.of || "名称";
  // The label goes over to the box that one types in; the select behind it keeps its name and passes the focus on.
  const name = select.labels[0]?.querySelector(":scope > .required") ? select.labels[0].firstChild.textContent : select.labels[0]?.textContent;
  if (name) select.setAttribute("aria-label", name.trim());
  select.addEventListener("focus", () => picker.focus());
  const picker = new TomSelect(select, {
    valueField: "value",
    labelField: "text",
    searchField: [],
    sortField: "$order",
    plugins: select.multiple ? { remove_button: { title: "移除" } } : [],
    maxOptions: 300,
    loadThrottle: 200,
    placeholder: `输入${of}、拼音或首字母`,
    shouldLoad: (query) => query.trim().length > 0 && !holdsNumber(query),
    load: (query, done) => {
      const address = new URL(select.dataset.picker, location.origin);
      address.searchParams.set("q", query);
      fetch(address, { credentials: "same-origin" })
        .then((answer) => (answer.ok ? answer.json() : { options: [] }))
        .then(({ options }) => done(options.map((row) => found(picker, row))), () => done())
        // Chosen before the answer came, which opens the list again: it would cover what stands below.
        .then(() => !select.multiple && picker.items.length && !picker.inputValue() && picker.close(false));
    },
    score: (query) => {
      const wanted = query.trim().toLowerCase();
      // What the server found matches by sound as well; what stood in the list matches by its text.
      return (item) => (!wanted || item.found || String(item.text).toLowerCase().includes(wanted) ? 1 : 0);
    },
    render: texts(of),
  });
  // Chosen before the list followed what was typed: it would open again.
  picker.on("item_add", () => clearTimeout(picker.refreshTimeout));
}

function enhanceAll(root) {
  root.querySelectorAll("select[data-picker]:not([data-picked])").forEach(enhance);
}

enhanceAll(document);
document.addEventListener("htmx:afterSettle", () => enhanceAll(document));
