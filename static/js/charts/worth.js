/* Net worth over time: one line, the last point marked. Reads labels, short (for the axis), values, locale, currency, digits, urls. */
import { amountAxis, amounts, axis, ink, line, standing, tooltip, wash } from "./ink.js";

export default function worth(data, words) {
  const { cents, short } = amounts(data);
  const last = data.values.length - 1;
  const every = Math.max(1, Math.ceil(data.values.length / 6));
  const low = Math.min(...data.values),
    high = Math.max(...data.values);
  return {
    type: "line",
    data: {
      labels: data.labels,
      datasets: [
        line({
          label: words.worth,
          data: data.values,
          cubicInterpolationMode: "monotone",
          borderColor: ink("accent"),
          ...standing(data.values.length),
          backgroundColor: wash("accent"),
          fill: "start",
          clip: false,
        }),
      ],
    },
    options: {
      layout: { padding: { right: 8, top: 8 } },
      interaction: { mode: "index", intersect: false },
      plugins: { tooltip: tooltip(cents) },
      scales: {
        x: axis({ ticks: { callback: (_, i) => ((last - i) % every === 0 ? (data.short ?? data.labels)[i] : ""), autoSkip: false } }),
        y: { ...amountAxis(short), position: "right", suggestedMin: low - (high - low) * 0.15 },
      },
    },
  };
}
