// Scale and place of the picture: buttons, Ctrl with the wheel, two fingers, dragging.

// PAPER: what an upright A4 page takes, in pixels.
const LEAST = 0.3, MOST = 2.5, PAPER = 660;

export function zooming(view, show) {
  const { frame, stage, sizer } = view;
  const state = { scale: 1 };

  // Keeps the point under the cursor (or the middle) where it is.
  function to(scale, point = middle(frame)) {
    const next = Math.min(MOST, Math.max(LEAST, scale)), ratio = next / state.scale;
    const box = frame.getBoundingClientRect(), dx = point.x - box.left, dy = point.y - box.top;
    const [left, top] = [(frame.scrollLeft + dx) * ratio - dx, (frame.scrollTop + dy) * ratio - dy];
    state.scale = next;
    resize();
    frame.scrollTo(left, top);
  }

  function resize() {
    stage.style.transform = `scale(${state.scale})`;
    sizer.style.width = `${stage.offsetWidth * state.scale}px`;
    sizer.style.height = `${stage.offsetHeight * state.scale}px`;
    show(state.scale);
  }

  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    to(state.scale * Math.exp(-event.deltaY / 600), { x: event.clientX, y: event.clientY });
  }, { passive: false });
  let before = 1;
  addEventListener("beforeprint", () => {
    before = state.scale;
    to(PAPER / stage.offsetWidth);
  });
  addEventListener("afterprint", () => to(before));
  dragging(frame);
  pinching(frame, () => state.scale, to);
  const fit = () => to(Math.min(1, frame.clientWidth / stage.offsetWidth));
  return { state, resize, fit, by: (factor) => to(state.scale * factor), to };
}

function middle(frame) {
  const box = frame.getBoundingClientRect();
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}

function dragging(frame) {
  let from = null;
  frame.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0 || event.target.closest("[data-node]")) return;
    from = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop };
    frame.setPointerCapture(event.pointerId);
  });
  frame.addEventListener("pointermove", (event) => {
    if (!from) return;
    const moved = Math.abs(event.clientX - from.x) + Math.abs(event.clientY - from.y);
    if (moved > 4) frame.dataset.dragged = "";
    frame.scrollTo(from.left - event.clientX + from.x, from.top - event.clientY + from.y);
  });
  const stop = () => (from = null);
  frame.addEventListener("pointerup", stop);
  frame.addEventListener("pointercancel", stop);
}

// One finger scrolls as the browser does it; two change the scale.
function pinching(frame, scaleNow, to) {
  let start = null;
  const apart = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
  frame.addEventListener("touchstart", (event) => {
    if (event.touches.length === 2) start = { apart: apart(event.touches), scale: scaleNow() };
  }, { passive: true });
  frame.addEventListener("touchmove", (event) => {
    if (!start || event.touches.length !== 2) return;
    event.preventDefault();
    const [a, b] = event.touches;
    to(start.scale * apart(event.touches) / start.apart, { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 });
  }, { passive: false });
  frame.addEventListener("touchend", () => (start = null));
}
