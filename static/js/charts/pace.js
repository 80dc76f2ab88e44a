/* Spending day by day against the usual month, with today's notch. Reads days, actual, usual, locale, currency, digits, urls. */
import { amountAxis, amounts, axis, ink, line, narrow, standing, tooltip, wash } from "./ink.js";
import { endLabels, todayLine } from "./marks.js";

export default function pace(data, words) {
  const { cents, round } = amounts(data);
  const today = data.actual.length - 1,
    usual = data.usual?.[today];
  const beside = !narrow() && today < data.days.length * 0.7;
  const difference =
    usual == null ? [] : [`${round(Math.abs(usual - data.actual[today]))} ${usual > data.actual[today] ? words.below : words.above}`];
  const marks = [0, ...[7, 14, 21].map((n) => n - 1), data.days.length - 1];
  const sets = [
    line({
      label: words.actual,
      data: data.actual,
      borderColor: ink("accent"),
      borderWidth: 2.5,
      ...standing(data.actual.length),
      backgroundColor: wash("accent"),
      fill: "origin",
      endLabel: today < 0 ? null : [round(data.actual[today]), ...difference],
      labelColor: ink("ink-1"),
      labelAlign: beside ? "start" : "end",
      labelX: beside ? 10 : -10,
      labelY: beside ? 20 : 34,
      labelWeight: 560,
    }),
  ];
  if (data.usual)
    sets.push(
      line({
        label: words.usual,
        data: data.usual,
        borderColor: ink("line-strong"),
        borderDash: [2, 4],
        borderWidth: 1.75,
        borderCapStyle: "round",
        endLabel: [words.usual],
        labelColor: ink("ink-2"),
        labelAlign: "end",
        labelX: 0,
        labelY: -14,
      }),
    );
  return {
    type: "line",
    plugins: [endLabels, todayLine],
    data: { labels: data.days, datasets: sets },
    options: {
      layout: { padding: { top: 14, right: 4 } },
      interaction: { mode: "index", intersect: false },
      plugins: {
        tooltip: tooltip(cents, { filter: (item) => item.raw != null }),
        todayLine: { index: data.today ?? today, label: words.today },
      },
      scales: {
        x: axis({ ticks: { callback: (_, i) => (marks.includes(i) ? data.days[i] : ""), autoSkip: false } }),
        y: { ...amountAxis(round), beginAtZero: true },
      },
    },
  };
}
