/* What the charts draw with: the tokens of the page as colours a canvas takes, amounts in the person's locale, and shared parts. */
const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const probe = document.createElement("span");
probe.hidden = true;

/* A token as three bytes, whatever colour space it was written in */
function pixel(color) {
  if (!probe.isConnected) document.body.append(probe);
  probe.style.color = color;
  paint.clearRect(0, 0, 1, 1);
  paint.fillStyle = getComputedStyle(probe).color;
  paint.fillRect(0, 0, 1, 1);
  return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
}
export const ink = (name, alpha = 1) => `rgba(${pixel(`var(--${name})`)},${alpha})`;
/* The same ink, thinned on the sheet: solid, so that no grid line shines through */
export const tint = (name, part) => `rgb(${pixel(`color-mix(in oklab, var(--${name}) ${part}%, var(--surface-1))`)})`;
export const hue = (h, alpha) => ink(h === "in" || h === "kept" ? "positive" : String(h) === "0" ? "line-strong" : `hue-${h}`, alpha);
export const narrow = () => innerWidth < 480;

/* Amounts come as whole minor units; { cents, round, short } write them in full, without cents, and for an axis. Without a currency they are percentages. */
export function amounts({ locale, currency, digits = 2 }) {
  if (!currency) {
    const format = new Intl.NumberFormat(locale || document.documentElement.lang, { style: "percent" });
    const write = (percent) => format.format(percent / 100);
    return { cents: write, round: write, short: write };
  }
  const unit = 10 ** digits;
  const writer = (options) => {
    const format = new Intl.NumberFormat(locale || document.documentElement.lang, { style: "currency", currency, ...options });
    return (amount) => format.format(amount / unit).replace("-", "−");
  };
  return {
    cents: writer({ minimumFractionDigits: digits, maximumFractionDigits: digits }),
    round: writer({ maximumFractionDigits: 0 }),
    short: writer({ notation: "compact", maximumFractionDigits: 2 }),
  };
}

export const tooltip = (write, more = {}) => ({
  backgroundColor: ink("ink-1"),
  titleColor: ink("surface-1"),
  bodyColor: ink("surface-1"),
  padding: 10,
  cornerRadius: 6,
  boxPadding: 5,
  caretSize: 0,
  usePointStyle: true,
  titleFont: { size: 12, weight: 500 },
  bodyFont: { size: 12, weight: 500 },
  callbacks: { label: (item) => ` ${item.dataset.label ?? item.label}  ${write(item.parsed.y ?? item.parsed)}` },
  ...more,
});
export const axis = (more = {}) => ({
  border: { display: false },
  grid: { display: false },
  ...more,
  ticks: { color: ink("ink-3"), font: { size: 12 }, maxRotation: 0, padding: 6, ...more.ticks },
});
export const amountAxis = (write, more = {}) =>
  axis({ grid: { color: ink("line"), drawTicks: false }, ticks: { callback: (value) => write(value), maxTicksLimit: 5 }, ...more });

export const wash =
  (name) =>
  ({ chart }) => {
    if (!chart.chartArea) return "transparent";
    const fill = chart.ctx.createLinearGradient(0, chart.chartArea.top, 0, chart.chartArea.bottom);
    fill.addColorStop(0, ink(name, 0.16));
    fill.addColorStop(1, ink(name, 0));
    return fill;
  };
export const line = (more) => ({ borderWidth: 2, pointRadius: 0, pointHoverRadius: 4, borderJoinStyle: "round", ...more });
/* A dot on the last point only: where we stand */
export const standing = (count) => ({
  pointBackgroundColor: ink("accent"),
  pointBorderColor: ink("surface-1"),
  pointBorderWidth: 2,
  pointRadius: Array.from({ length: count }, (_, i) => (i === count - 1 ? 5 : 0)),
});
export const writing = (weight) => `${weight} 12px ${window.Chart.defaults.font.family}`;
/* A text that ends in … where there is not room for all of it */
export function fitted(ctx, text, room) {
  if (ctx.measureText(text).width <= room) return text;
  let letters = [...text];
  while (letters.length > 1 && ctx.measureText(`${letters.join("").trimEnd()}…`).width > room) letters = letters.slice(0, -1);
  return `${letters.join("").trimEnd()}…`;
}
/* How much room the longest of some words takes */
export function widest(texts) {
  paint.font = writing(500);
  return Math.max(...texts.map((text) => paint.measureText(text).width));
}
