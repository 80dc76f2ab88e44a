/* Marks that lie on a chart: words at the end of a line, and today. */
import { ink, writing } from "./ink.js";

/* Words at the end of a line, instead of a legend */
export const endLabels = {
  id: "endLabels",
  afterDatasetsDraw(chart) {
    const { ctx } = chart;
    chart.data.datasets.forEach((set, i) => {
      const point = chart
        .getDatasetMeta(i)
        .data.filter((_, n) => set.data[n] != null)
        .at(-1);
      if (!set.endLabel || !point) return;
      ctx.save();
      ctx.fillStyle = set.labelColor;
      ctx.textBaseline = "middle";
      ctx.textAlign = set.labelAlign ?? "start";
      ctx.font = writing(set.labelWeight ?? 500);
      set.endLabel.forEach((text, n) => ctx.fillText(text, point.x + set.labelX, point.y + set.labelY + n * 15));
      ctx.restore();
    });
  },
};
/* The same notch as on the budget bars: a hairline for today */
export const todayLine = {
  id: "todayLine",
  beforeDatasetsDraw(chart, _, { index, label }) {
    if (index == null || index < 0) return;
    const { ctx, chartArea } = chart,
      x = chart.scales.x.getPixelForValue(index);
    ctx.save();
    ctx.strokeStyle = ink("line-strong");
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(x, chartArea.top);
    ctx.lineTo(x, chartArea.bottom);
    ctx.stroke();
    ctx.fillStyle = ink("ink-2");
    ctx.font = writing(500);
    ctx.textAlign = index < 4 ? "start" : "end";
    ctx.fillText(label, x + (index < 4 ? 6 : -6), chartArea.top + 10);
    ctx.restore();
  },
};
