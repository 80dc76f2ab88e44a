/* From where to where: bands from what came in to what it was for. Reads flows (from, to, value, hue; deep: the last, left out where it is narrow), nodes (by the name in a band: label, hue, column), locale, currency, digits, urls.
   Without nodes, bands name their ends themselves, and the middle is words.in. */
import { flowLabels } from "./flow_labels.js";
import { amounts, hue, narrow, tooltip } from "./ink.js";

/* Where bands name their ends themselves */
function named(bands, middle) {
  const nodes = { [middle]: { label: middle, hue: "in" } };
  for (const band of bands) {
    const end = band.to === middle ? band.from : band.to;
    nodes[end] = { label: end, hue: band.hue };
  }
  return nodes;
}

export default function flow(data, words) {
  const { cents, round } = amounts(data);
  const shown = data.flows.filter((band) => !(band.deep && narrow()));
  const nodes = data.nodes ?? named(shown, words.in);
  for (const band of shown) if (band.deep) nodes[band.from].deep = true;
  const tone = (key) => hue(nodes[key]?.hue ?? "in");
  const from = ({ raw }) => raw && tone(raw.from),
    to = ({ raw }) => raw && tone(raw.to);
  const order = Object.keys(nodes);
  return {
    type: "sankey",
    plugins: [flowLabels(nodes, round)],
    data: {
      datasets: [
        {
          data: shown.map((band) => ({ from: band.from, to: band.to, flow: band.value })),
          colorFrom: from,
          colorTo: to,
          hoverColorFrom: from,
          hoverColorTo: to,
          alpha: 0.3,
          colorMode: "gradient",
          borderWidth: 0,
          nodeWidth: 6,
          nodePadding: 16,
          size: "max",
          nodeLabels: { display: false },
          column: narrow() ? {} : Object.fromEntries(order.filter((key) => nodes[key].column).map((key) => [key, nodes[key].column])),
          priority: Object.fromEntries(order.map((key, i) => [key, i])),
        },
      ],
    },
    options: {
      layout: { padding: { top: 8, bottom: 8, left: 2, right: narrow() ? 172 : 196 } },
      plugins: {
        tooltip: tooltip(cents, {
          callbacks: { title: () => "", label: ({ raw }) => ` ${nodes[raw.from].label} → ${nodes[raw.to].label}  ${cents(raw.flow)}` },
        }),
      },
    },
  };
}
