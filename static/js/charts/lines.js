/* Several series over time, each named at the end of its line. Reads labels, short (for the axis), series (label, hue, values), locale, currency, digits, urls (by series and place). */
import { amountAxis, amounts, axis, fitted, hue, ink, line, narrow, tooltip, widest, writing } from "./ink.js";

const ROW = 16;

/* Names beside the last points, pushed apart so that none lies on another */
const lineNames = {
  id: "lineNames",
  afterDatasetsDraw(chart) {
    const { ctx, chartArea } = chart;
    const names = chart.data.datasets
      .map((set, i) => ({ set, point: chart.getDatasetMeta(i).data.findLast((_, n) => set.data[n] != null) }))
      .filter(({ point }) => point)
      .map(({ set, point }) => ({ set, x: point.x, at: point.y, y: point.y }))
      .sort((one, other) => one.at - other.at);
    names.forEach((name, i) => (name.y = i ? Math.max(name.at, names[i - 1].y + ROW) : Math.max(name.at, chartArea.top)));
    names.reduceRight((below, name) => (name.y = Math.min(name.y, below - ROW)), chartArea.bottom + ROW);
    ctx.save();
    ctx.font = writing(500);
    ctx.textBaseline = "middle";
    for (const { set, x, at, y } of names) {
      ctx.strokeStyle = ctx.fillStyle = set.borderColor;
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.moveTo(x + 4, at);
      ctx.lineTo(x + 14, y);
      ctx.stroke();
      ctx.beginPath();
      ctx.arc(x, at, 3.5, 0, 7);
      ctx.fill();
      ctx.fillStyle = ink("ink-2");
      ctx.fillText(fitted(ctx, set.label, chart.width - x - 20), x + 18, y);
    }
    ctx.restore();
  },
};

export default function lines(data) {
  const { cents, short } = amounts(data);
  const last = data.labels.length - 1;
  const every = Math.max(1, Math.ceil(data.labels.length / (narrow() ? 4 : 13)));
  const sets = data.series.map((each) =>
    line({
      label: each.label,
      data: each.values,
      borderColor: hue(each.hue),
      backgroundColor: hue(each.hue),
      pointHitRadius: 8,
      cubicInterpolationMode: "monotone",
      clip: 6,
    }),
  );
  return {
    type: "line",
    plugins: narrow() ? [] : [lineNames],
    data: { labels: data.labels, datasets: sets },
    options: {
      layout: { padding: { top: 8, right: narrow() ? 8 : Math.min(160, widest(data.series.map((each) => each.label)) + 22) } },
      interaction: { mode: "index", intersect: false },
      plugins: {
        tooltip: tooltip(cents, { itemSort: (one, other) => other.raw - one.raw, filter: (item) => item.raw !== 0 }),
        legend: {
          display: narrow(),
          align: "start",
          onClick: () => {},
          labels: { usePointStyle: true, pointStyle: "circle", boxHeight: 7, color: ink("ink-2"), font: { size: 12, weight: 500 } },
        },
      },
      scales: {
        x: axis({ ticks: { callback: (_, i) => ((last - i) % every === 0 ? (data.short ?? data.labels)[i] : ""), autoSkip: false } }),
        y: { ...amountAxis(short), beginAtZero: true },
      },
    },
  };
}
