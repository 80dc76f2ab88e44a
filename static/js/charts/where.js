/* Where it went: a ring of at most seven categories and the rest. Reads slices (label, value, hue), locale, currency, digits, urls. */
import { amounts, hue, ink, tooltip } from "./ink.js";

export default function where(data) {
  const { cents } = amounts(data);
  const colours = data.slices.map((slice) => hue(slice.hue));
  return {
    type: "doughnut",
    data: {
      labels: data.slices.map((slice) => slice.label),
      datasets: [
        {
          data: data.slices.map((slice) => slice.value),
          backgroundColor: colours,
          hoverBackgroundColor: colours,
          borderColor: ink("surface-1"),
          hoverBorderColor: ink("surface-1"),
          borderWidth: 2,
          borderRadius: 3,
          hoverOffset: 4,
        },
      ],
    },
    options: { cutout: "72%", layout: { padding: 4 }, plugins: { tooltip: tooltip(cents) } },
  };
}
