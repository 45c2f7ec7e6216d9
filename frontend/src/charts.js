// Pages with a curve: draws what the server wrote beside each picture. The same numbers stand in a table beneath.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([AriaComponent, BarChart, GridComponent, LegendComponent, LineChart, MarkLineComponent, SVGRenderer, TooltipComponent]);

const HEIGHT = 260, NARROW = 560;
const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(`--${name}`).trim();
const TONES = { party: colour("party"), business: colour("business"), both: colour("ink-faint"), warn: "#b7791f", soft: colour("line-strong") };

paint(document);
// Parts of a page that come later bring their curves with them.
document.addEventListener("htmx:afterSettle", () => paint(document));

function paint(root) {
  for (const source of root.querySelectorAll("script[data-picture-of]")) {
    const data = JSON.parse(source.textContent);
    const canvas = root.querySelector(`[data-picture="${source.dataset.pictureOf}"]`);
    if (data.chart === "months" && canvas && !canvas.hasChildNodes()) draw(canvas, data);
  }
}

function draw(canvas, data) {
  canvas.style.height = `${HEIGHT}px`;
  const chart = init(canvas, null, { renderer: "svg" });
  chart.setOption(options(data, canvas.clientWidth < NARROW));
  let width = canvas.clientWidth;
  frame(canvas);
  new ResizeObserver(() => {
    if (canvas.clientWidth === width || matchMedia("print").matches) return;
    width = canvas.clientWidth;
    chart.resize();
    chart.setOption(options(data, width < NARROW));
    frame(canvas);
  }).observe(canvas);
}

// On paper the drawing is as wide as the page and no new one: with a view box it shrinks. The figure has its own name
// and table, so that the drawing itself says nothing to a screen reader.
function frame(canvas) {
  const svg = canvas.querySelector("svg");
  svg?.setAttribute("aria-hidden", "true");
  svg?.setAttribute("viewBox", `0 0 ${canvas.clientWidth} ${HEIGHT}`);
}

function options(data, narrow) {
  const ink = colour("ink-soft"), line = colour("line");
  const text = { color: ink, fontFamily: colour("sans"), fontSize: 12 };
  return {
    animation: false,
    textStyle: text,
    grid: { left: 8, right: 16, top: 34, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10, textStyle: text, selectedMode: false },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText", valueFormatter: (value) => (value === undefined || value === null || value === "-" ? "—" : `${value} ${data.unit}`) },
    xAxis: { type: "category", data: data.labels, axisTick: { show: false }, axisLine: { lineStyle: { color: line } }, axisLabel: { ...text, interval: narrow ? 1 : 0 } },
    yAxis: { type: "value", minInterval: data.unit === "项" ? 1 : undefined, max: (range) => top(range.max, data.limit), splitLine: { lineStyle: { color: line } }, axisLabel: text },
    series: data.series.map((row, place) => ({
      name: row.name,
      type: row.line ? "line" : "bar",
      stack: row.line ? undefined : "all",
      data: row.values.map((value) => value ?? "-"),
      barMaxWidth: 28,
      itemStyle: { color: TONES[row.tone] ?? row.tone },
      lineStyle: { color: TONES[row.tone] ?? row.tone },
      markLine: place === 0 && data.limit ? limit(data.limit) : undefined,
    })),
  };
}

function limit({ value, name }) {
  const tone = colour("bad");
  return { silent: true, symbol: "none", animation: false, data: [{ yAxis: value, name }], lineStyle: { color: tone, type: "dashed", width: 1.5 }, label: { formatter: name, position: "insideEndTop", color: tone, fontSize: 12 } };
}

// The ceiling is always in sight, and a round number stands above it.
function top(highest, bound) {
  const most = Math.max(highest, bound ? bound.value : 0) * 1.12 || 1;
  const step = 10 ** Math.floor(Math.log10(most)) / 2;
  return Math.ceil(most / step) * step;
}
