/* Month against month: money in and money out side by side, the current one at full strength. Reads labels, short (for the axis), money_in, money_out, current (index), locale, currency, digits, urls. */
import { amountAxis, amounts, axis, ink, narrow, tint, tooltip } from "./ink.js";

export default function months(data, words) {
  const { cents, short } = amounts(data);
  const count = data.labels.length,
    last = count - 1;
  const current = data.current ?? last;
  /* A dozen months are told by their first letters where it is narrow; of more, some are named */
  const initials = narrow() && count > 6 && count <= 13 && !data.short;
  const every = initials ? 1 : Math.max(1, Math.ceil(count / (narrow() ? (count > 13 ? 4 : 6) : 13)));
  const shade = (name, faint) => data.labels.map((_, i) => tint(name, i === current ? 100 : faint));
  const bars = (label, values, name, faint) => ({
    label,
    data: values,
    backgroundColor: shade(name, faint),
    hoverBackgroundColor: ink(name),
    borderRadius: 2,
    borderSkipped: "bottom",
    categoryPercentage: 0.7,
    barPercentage: 0.92,
  });
  const tip = tooltip(cents);
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
    data: { labels: data.labels, datasets: [bars(words.in, data.money_in, "accent", 58), bars(words.out, data.money_out, "ink-3", 52)] },
    options: {
      layout: { padding: { top: 4 } },
      interaction: { mode: "index", intersect: false },
      plugins: {
        tooltip: {
          ...tip,
          callbacks: {
            ...tip.callbacks,
            afterBody: (items) => (items.length > 1 ? `${words.kept}  ${cents(items[0].parsed.y - items[1].parsed.y)}` : ""),
          },
        },
        legend: {
          display: true,
          align: "start",
          onClick: () => {},
          labels: { usePointStyle: true, boxHeight: 8, font: { size: 12, weight: 500 }, generateLabels: key },
        },
      },
      scales: {
        x: axis({
          ticks: {
            color: (tick) => ink(tick.index === current ? "ink-1" : "ink-3"),
            font: (tick) => ({ size: 12, weight: tick.index === current ? 620 : 420 }),
            autoSkip: false,
            callback: (_, i) => ((last - i) % every ? "" : initials ? [...data.labels[i]][0] : (data.short ?? data.labels)[i]),
          },
        }),
        y: { ...amountAxis(short), beginAtZero: true },
      },
    },
  };
}
