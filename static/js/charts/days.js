/* Spending of each day by itself. Reads labels, actual, today (index), locale, currency, digits, urls. */
import { amountAxis, amounts, axis, ink, tint, tooltip } from "./ink.js";
import { todayLine } from "./marks.js";

export default function days(data, words) {
  const { cents, round } = amounts(data);
  const marks = [0, 6, 13, 20, data.labels.length - 1];
  return {
    type: "bar",
    plugins: [todayLine],
    data: {
      labels: data.labels,
      datasets: [
        {
          label: words.actual,
          data: data.actual,
          backgroundColor: data.labels.map((_, i) => (i === data.today ? ink("accent") : tint("accent", 58))),
          hoverBackgroundColor: ink("accent"),
          borderRadius: 2,
          categoryPercentage: 0.9,
          barPercentage: 0.9,
        },
      ],
    },
    options: {
      layout: { padding: { top: 14, right: 4 } },
      interaction: { mode: "index", intersect: false },
      plugins: { tooltip: tooltip(cents), todayLine: { index: data.today, label: words.today } },
      scales: {
        x: axis({ ticks: { callback: (_, i) => (marks.includes(i) ? data.days[i] : ""), autoSkip: false } }),
        y: { ...amountAxis(round), beginAtZero: true },
      },
    },
  };
}
