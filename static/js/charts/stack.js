/* What is owned above the line and owed below it, by kind, with what is left as a line. Reads labels, short (for the axis), series (label, hue, values), net, locale, currency, digits, urls. */
import { amountAxis, amounts, axis, hue, ink, narrow, standing, tooltip } from "./ink.js";

export default function stack(data, words) {
  const { cents, short } = amounts(data);
  const last = data.net.length - 1;
  const every = Math.max(1, Math.ceil(data.net.length / (narrow() ? 4 : 8)));
  const many = data.net.length > 40;
  /* How far the columns reach: the axis ends there, not at the next round amount */
  const sums = (sign) => data.net.map((_, i) => data.series.reduce((sum, { values }) => sum + Math.max(0, sign * values[i]), 0));
  const low = -Math.max(0, ...sums(-1)),
    high = Math.max(0, ...sums(1));
  const columns = data.series.map((each) => ({
    type: "bar",
    label: each.label,
    data: each.values,
    backgroundColor: hue(each.hue),
    hoverBackgroundColor: hue(each.hue),
    borderColor: ink("surface-1"),
    borderWidth: many ? 0 : { top: 1, bottom: 1 },
    borderSkipped: false,
    borderRadius: many ? 0 : 2,
    categoryPercentage: many ? 1 : 0.74,
    barPercentage: 1,
    maxBarThickness: 56,
    stack: "kinds",
    order: 2,
  }));
  const net = {
    type: "line",
    label: words.worth,
    data: data.net,
    borderColor: ink("ink-1"),
    backgroundColor: ink("ink-1"),
    borderWidth: 2,
    borderJoinStyle: "round",
    pointHoverRadius: 4,
    ...standing(data.net.length),
    pointBackgroundColor: ink("ink-1"),
    stack: "net",
    order: 1,
  };
  const key = (chart) =>
    chart.data.datasets.map((set, i) => ({
      text: set.label,
      fillStyle: set.backgroundColor,
      strokeStyle: "transparent",
      fontColor: ink("ink-2"),
      pointStyle: set.type === "line" ? "circle" : "rectRounded",
      datasetIndex: i,
    }));
  return {
    type: "bar",
    data: { labels: data.labels, datasets: [...columns, net] },
    options: {
      layout: { padding: { right: 8, top: 4 } },
      interaction: { mode: "index", intersect: false },
      plugins: {
        tooltip: tooltip(cents, { filter: (item) => item.dataset.type === "line" || item.raw !== 0 }),
        legend: {
          display: true,
          align: "start",
          onClick: () => {},
          labels: { usePointStyle: true, boxHeight: 8, font: { size: 12, weight: 500 }, generateLabels: key },
        },
      },
      scales: {
        x: { ...axis({ ticks: { callback: (_, i) => ((last - i) % every === 0 ? (data.short ?? data.labels)[i] : ""), autoSkip: false } }), stacked: true },
        y: {
          ...amountAxis(short, { ticks: { callback: (value) => short(value), maxTicksLimit: 6, includeBounds: false }, grid: { drawTicks: false, color: (line) => ink(line.tick.value === 0 ? "line-strong" : "line") } }),
          position: "right",
          stacked: true,
          min: low * 1.08,
          max: high * 1.08 || undefined,
        },
      },
    },
  };
}
