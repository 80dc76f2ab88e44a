/* The words on a chart of flows: outside its bands at both edges, beside the ends between them. */
import { fitted, ink, writing } from "./ink.js";

/* No band runs through a word that lies on it */
function halo(ctx, text, x, y) {
  ctx.strokeStyle = ink("surface-1", 0.8);
  ctx.lineWidth = 4;
  ctx.lineJoin = "round";
  ctx.strokeText(text, x, y);
}

/* Names and sums outside the bands, so that no word lies on another */
export const flowLabels = (nodes, write) => ({
  id: "flowLabels",
  afterDatasetsDraw(chart) {
    const { ctx, chartArea } = chart,
      { controller, xScale, yScale } = chart.getDatasetMeta(0);
    ctx.save();
    ctx.textBaseline = "middle";
    const ends = [...(controller._nodes ?? new Map()).values()],
      edge = Math.max(...ends.map((node) => node.x));
    for (const node of ends) {
      const last = !node.to.length && node.x === edge,
        inner = !last && node.from.length > 0;
      if (inner && node.to.length && !nodes[node.key].deep) continue;
      const sum = Math.max(node.in || 0, node.out || 0),
        y = yScale.getPixelForValue(node.y + sum / 2);
      const left = last ? chartArea.right + 10 : xScale.getPixelForValue(node.x) + 14;
      const amount = write(sum),
        /* A thin end has its sum behind its name, a broad one below it */
        beside = (inner && !node.to.length) || (!last && !inner && Math.abs(yScale.getPixelForValue(sum) - yScale.getPixelForValue(0)) < 34);
      ctx.textAlign = "start";
      ctx.fillStyle = ink("ink-2");
      ctx.font = writing(420);
      const taken = last ? ctx.measureText(amount).width + 8 : 0;
      if (last) ctx.textAlign = "end";
      if (last) ctx.fillText(amount, chart.width - 2, y);
      else if (!inner && !beside) ctx.fillText(amount, left, y + 8);
      ctx.textAlign = "start";
      ctx.fillStyle = ink("ink-1");
      ctx.font = writing(500);
      const room = last ? chart.width - 2 - taken - left : chartArea.width / (inner ? 3.4 : 2.2);
      const name = fitted(ctx, nodes[node.key].label, room);
      if (inner || beside) halo(ctx, beside ? `${name}  ${amount}` : name, left, y);
      ctx.fillText(name, left, last || inner || beside ? y : y - 8);
      if (!beside) continue;
      const behind = left + ctx.measureText(`${name}  `).width;
      ctx.fillStyle = ink("ink-2");
      ctx.font = writing(420);
      ctx.fillText(amount, behind, y);
    }
    ctx.restore();
  },
});
