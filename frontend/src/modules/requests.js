// What is shown while htmx asks the server, and when the server does not answer well.
const busy = document.getElementById("busy");
let running = 0;

function count(step) {
  running = Math.max(0, running + step);
  busy?.classList.toggle("is-on", running > 0);
}

// Progress asks every second: the line would never rest.
const quiet = (event) => event.target.closest?.("[data-running]");
document.addEventListener("htmx:beforeRequest", (event) => quiet(event) || count(1));
document.addEventListener("htmx:afterRequest", (event) => quiet(event) || count(-1));

const words = {
  0: "连不上服务器,刚才的操作没有完成。请检查网络后再试,页面上填写的内容都还在。",
  401: "登录已失效。请在新标签页重新登录,再回到本页提交;填写的内容都还在。",
  403: "登录或页面已过期,刚才的操作没有完成。请刷新本页后再试。",
  404: "要找的内容不存在,或您无权查看。请刷新本页。",
  413: "内容太大,服务器没有接收。",
  429: "操作太频繁,请稍等片刻再试。",
  503: "服务器正忙,刚才的操作没有完成。请稍等片刻再试,填写的内容都还在。",
};

function say(status) {
  const notices = document.getElementById("notices");
  if (!notices) return;
  const notice = document.createElement("div");
  notice.className = "notice is-bad";
  notice.dataset.notice = "bad";
  notice.setAttribute("role", "alert");
  const text = document.createElement("div");
  text.textContent = words[status] || "服务器出错,刚才的操作没有完成。请稍后再试;如果一再出现,请告诉系统管理员。";
  if (status === 401) {
    const link = document.createElement("a");
    Object.assign(link, { href: "/sign-in/", target: "_blank", textContent: "去登录" });
    text.append(link);
  }
  notice.append(text);
  notices.replaceChildren(notice);
  show(notices);
}

// At the top of a page whose form may be long: whoever pressed its button must see what came of it.
function show(notices) {
  const notice = notices.querySelector(".notice");
  if (!notice) return;
  notice.tabIndex = -1;
  notice.focus({ preventScroll: true });
  notices.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "notices") show(event.target);
});

// What the last answer found wrong is over once the next one is there; `beforeSwap` comes before the new words.
function forget(form) {
  document.getElementById("notices")?.replaceChildren();
  form?.querySelectorAll(".field-errors, :scope > .notice").forEach((one) => one.remove());
  form?.querySelectorAll(".has-errors").forEach((field) => field.classList.remove("has-errors"));
  form?.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { requestConfig, shouldSwap } = event.detail;
  if (shouldSwap && requestConfig.verb !== "get") forget(requestConfig.elt.closest("form"));
});

document.addEventListener("htmx:sendError", () => say(0));
document.addEventListener("htmx:timeout", () => say(0));
document.addEventListener("htmx:responseError", (event) => say(event.detail.xhr.status));

// An ended session sends to the sign-in page; who has just filled in a form stays with it.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, requestConfig } = event.detail;
  const to = xhr.getResponseHeader("HX-Redirect");
  if (requestConfig.verb === "get" || !to || !to.startsWith("/sign-in/") || location.pathname.startsWith("/sign-in/")) return;
  event.preventDefault();
  say(401);
});
