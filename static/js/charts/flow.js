/* From where to where: bands from what came in to what it was for. Reads flows (from, to, value, hue), locale, currency, digits; the middle is words.in. */
import { amounts, hue, ink, narrow, tooltip, writing } from "./ink.js";

/* Names and sums outside the bands, so that no word lies on another */
const flowLabels = (sums, write) => ({
  id: "flowLabels",
  afterDatasetsDraw(chart) {
    const { ctx, chartArea } = chart,
      meta = chart.getDatasetMeta(0);
    ctx.save();
    ctx.textBaseline = "middle";
    for (const node of (meta.controller._nodes ?? new Map()).values()) {
      const last = !node.to.length;
      if (!last && node.from.length) continue;
      const y = meta.yScale.getPixelForValue(node.y + Math.max(node.in || 0, node.out || 0) / 2);
      const left = last ? chartArea.right + 10 : chartArea.left + 14;
      ctx.textAlign = "start";
      ctx.fillStyle = ink("ink-1");
      ctx.font = writing(500);
      ctx.fillText(node.key, left, last ? y : y - 8);
      ctx.fillStyle = ink("ink-2");
      ctx.font = writing(420);
      if (last) ctx.textAlign = "end";
      ctx.fillText(write(sums[node.key]), last ? chart.width - 2 : left, last ? y : y + 8);
    }
    ctx.restore();
  },
});

export default function flow(data, words) {
  const { cents, round } = amounts(data);
  const tone = { [words.in]: ink("positive") },
    sums = {};
  for (const band of data.flows) {
    tone[band.hue === "in" ? band.from : band.to] = hue(band.hue);
    sums[band.to] = (sums[band.to] ?? 0) + band.value;
    if (band.to === words.in) sums[band.from] = band.value;
  }
  const from = (c) => tone[c.raw?.from],
    to = (c) => tone[c.raw?.to];
  return {
    type: "sankey",
    plugins: [flowLabels(sums, round)],
    data: {
      datasets: [
        {
          data: data.flows.map((band) => ({ from: band.from, to: band.to, flow: band.value })),
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
          priority: Object.fromEntries(data.flows.map((band, i) => [band.to, i])),
        },
      ],
    },
    options: {
      layout: { padding: { top: 8, bottom: 8, left: 2, right: narrow() ? 172 : 196 } },
      plugins: {
        tooltip: tooltip(cents, { callbacks: { title: () => "", label: ({ raw }) => ` ${raw.from} → ${raw.to}  ${cents(raw.flow)}` } }),
      },
    },
  };
}
