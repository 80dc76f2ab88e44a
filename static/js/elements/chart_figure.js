/* <chart-figure kind>: draws the JSON in its template with the tokens of the page, and again when the theme changes or the page is printed.
   Chart.js is fetched when the first figure comes into view, from the addresses that stand on the element. */
const loaded = new Map();
const kinds = {
  worth: () => import("../charts/worth.js"),
  where: () => import("../charts/where.js"),
  pace: () => import("../charts/pace.js"),
  days: () => import("../charts/days.js"),
  months: () => import("../charts/months.js"),
  flow: () => import("../charts/flow.js"),
  lines: () => import("../charts/lines.js"),
  bars: () => import("../charts/bars.js"),
  stack: () => import("../charts/stack.js"),
};
const looks = [matchMedia("(prefers-color-scheme: dark)"), matchMedia("print")];

function load(address) {
  if (!loaded.has(address)) {
    loaded.set(
      address,
      new Promise((done, fail) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = done;
        script.onerror = fail;
        document.head.append(script);
      }),
    );
  }
  return loaded.get(address);
}

/* A click opens the list behind a point: addresses are by place, or by series and place. Then the nearest series is meant, of bars the one under the pointer. */
function opening({ type, options }, { urls, series_urls }) {
  const by = series_urls ?? (Array.isArray(urls?.[0]) ? urls : null);
  if (!urls && !by) return;
  const address = (event, hit, chart) => {
    if (!by) return hit[0] && urls[hit[0].index];
    const [at] = chart.getElementsAtEventForMode(event, "nearest", { intersect: type === "bar" }, true);
    return at && (by[at.datasetIndex] ?? (by === urls ? [] : urls))?.[at.index];
  };
  options.onClick = (...pointed) => {
    const url = address(...pointed);
    if (url) location.assign(url);
  };
  options.onHover = (...pointed) => (pointed[0].native.target.style.cursor = address(...pointed) ? "pointer" : "");
}

class ChartFigure extends HTMLElement {
  connectedCallback() {
    this.seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.prepare(), {
      rootMargin: "200px",
    });
    this.seen.observe(this);
    this.themes = new MutationObserver(() => this.draw());
    this.themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    this.redraw = () => this.draw();
    looks.forEach((look) => look.addEventListener("change", this.redraw));
  }

  disconnectedCallback() {
    this.seen.disconnect();
    this.themes.disconnect();
    looks.forEach((look) => look.removeEventListener("change", this.redraw));
    this.chart?.destroy();
  }

  async prepare() {
    this.seen.disconnect();
    try {
      const kind = kinds[this.getAttribute("kind")]();
      await load(this.dataset.lib);
      if (this.dataset.more) await load(this.dataset.more);
      await document.fonts.load("500 12px 'Instrument Sans'").catch(() => {});
      this.kind = (await kind).default;
      this.draw();
    } catch {
      this.closest("figure")?.querySelector("details")?.setAttribute("open", "");
    }
  }

  draw() {
    if (!this.kind || !this.isConnected) return;
    this.chart?.destroy();
    const data = JSON.parse(this.querySelector("template").content.querySelector("script").textContent);
    const Chart = window.Chart;
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.maintainAspectRatio = false;
    /* Its own options stay: without them a gradient is animated like a number, and nothing is drawn */
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) Chart.defaults.animation = false;
    else Object.assign(Chart.defaults.animation, { duration: 180 });
    Chart.defaults.plugins.legend.display = false;
    const config = this.kind(data, this.dataset);
    opening(config, data);
    this.chart = new Chart(this.querySelector("canvas"), config);
  }
}
customElements.define("chart-figure", ChartFigure);
