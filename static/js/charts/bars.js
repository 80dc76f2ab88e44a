/* Series side by side for each month, or one upon the other where they are many; earlier months are thinned. Reads labels, short (for the axis), current (index), series (label, hue, values), locale, currency, digits, urls (by series and place). */
import { amountAxis, amounts, axis, hue, ink, narrow, tint, tooltip } from "./ink.js";

const thinned = (h, part) => (String(h) === "0" ? tint("line-strong", part) : tint(`hue-${h}`, part));

export default function bars(data) {
  const { cents, short } = amounts(data);
  const count = data.labels.length,
    last = count - 1;
  const current = data.current ?? last;
  const stacked = count * data.series.length > (narrow() ? 20 : 60);
  const every = Math.max(1, Math.ceil(count / (narrow() ? (count > 13 ? 4 : 6) : 13)));
  const sets = data.series.map((each) => ({
    label: each.label,
    data: each.values,
    backgroundColor: data.labels.map((_, i) => thinned(each.hue, i === current ? 100 : 62)),
    hoverBackgroundColor: hue(each.hue),
    borderColor: ink("surface-1"),
    borderWidth: stacked ? { top: 1, bottom: 1 } : 0,
    borderRadius: 2,
    borderSkipped: stacked ? false : "bottom",
    categoryPercentage: stacked ? 0.7 : 0.82,
    barPercentage: stacked ? 1 : 0.92,
    maxBarThickness: 48,
  }));
  const key = (chart) =>
    chart.data.datasets.map((set, i) => ({
      text: set.label,
      fillStyle: set.hoverBackgroundColor,
      strokeStyle: "transparent",
      fontColor: ink("ink-2"),
      pointStyle: "rectRounded",
      datasetIndex: i,
    }));
  return {
    type: "bar",
    data: { labels: data.labels, datasets: sets },
    options: {
      layout: { padding: { top: 4 } },
      interaction: { mode: "index", intersect: false },
      plugins: {
        tooltip: tooltip(cents, { filter: (item) => item.raw !== 0 }),
        legend: {
          display: true,
          align: "start",
          onClick: () => {},
          labels: { usePointStyle: true, boxHeight: 8, font: { size: 12, weight: 500 }, generateLabels: key },
        },
      },
      scales: {
        x: {
          ...axis({
            ticks: {
              color: (tick) => ink(tick.index === current ? "ink-1" : "ink-3"),
              font: (tick) => ({ size: 12, weight: tick.index === current ? 620 : 420 }),
              autoSkip: false,
              callback: (_, i) => ((last - i) % every === 0 ? (data.short ?? data.labels)[i] : ""),
            },
          }),
          stacked,
        },
        y: {
          ...amountAxis(short, { grid: { drawTicks: false, color: (line) => ink(line.tick.value === 0 ? "line-strong" : "line") } }),
          beginAtZero: true,
          stacked,
        },
      },
    },
  };
}
