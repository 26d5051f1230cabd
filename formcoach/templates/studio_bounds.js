// The bounds of one measure on its plot: which of them are shown, and their two edges, to be dragged.
const OPEN = "open";

const inWords = (value, unit) => {
  if (value === null) return OPEN;
  const digits = unit === "trunk lengths" ? 2 : Number.isInteger(value) ? 0 : 1;
  return value.toFixed(digits).replace("-", "−") + (unit === "degrees" ? "°" : "");
};

class PlotBounds {
  // `does.tried` is told of every value that is passed, `does.moved` of the one that stays,
  // `does.chosen` of the bound that is shown, `does.held` of whether an edge is in somebody's hand.
  constructor(plot, bounds, chosen, does) {
    Object.assign(this, { plot, bounds, does });
    this.track = plot.querySelector(".track");
    this.zoom = plot.querySelector(".zoom");
    this.height = Number(this.track.getAttribute("height"));
    this.low = Number(plot.dataset.low);
    this.high = Number(plot.dataset.high);
    this.bands = draw("g");
    this.zoom.insertBefore(this.bands, this.zoom.querySelector(".curve"));
    this.makeChips();
    this.makeFields();
    this.edges = { low: this.makeEdge("low"), high: this.makeEdge("high") };
    this.choose(bounds.find((one) => one.address === chosen) ?? bounds[0]);
  }

  makeChips() {
    this.chips = this.bounds.map((bound) => {
      const chip = make("button", { type: "button", className: `chip ${bound.of}` }, bound.title);
      chip.addEventListener("click", () => {
        this.choose(bound);
        this.does.chosen(bound);
      });
      return chip;
    });
    const name = this.bounds[0].name;
    this.plot.querySelector("figcaption").append(
      make("div", { className: "chips", role: "group", "aria-label": `Bounds of ${name}` }, ...this.chips),
    );
  }

  makeFields() {
    const field = (end, words) => {
      const input = make("input", { type: "number", className: end, placeholder: OPEN, "aria-label": words });
      input.addEventListener("input", () => this.typed(end, input, this.does.tried));
      input.addEventListener("change", () => this.typed(end, input, this.does.moved));
      return input;
    };
    this.fields = { low: field("low", "From"), high: field("high", "To"), tolerance: field("tolerance", "Tolerance") };
    this.slack = make("label", {}, "unmentioned up to ", this.fields.tolerance, " beyond");
    this.fault = make("p", { className: "fault", role: "alert", hidden: true });
    this.plot.querySelector("figcaption").append(
      make("div", { className: "fields" },
        make("label", {}, "from ", this.fields.low), make("label", {}, "to ", this.fields.high), this.slack),
      this.fault,
    );
  }

  makeEdge(end) {
    const edge = draw("g", { class: `edge ${end}`, tabindex: "0", role: "slider", "aria-orientation": "vertical" });
    draw("line", { class: "hit", x1: 0, x2: "100%" }, edge);
    draw("line", { class: "rule", x1: 0, x2: "100%" }, edge);
    draw("circle", { class: "grip", cx: "100%", r: 6 }, edge);
    draw("text", { class: "says", x: "100%", dx: -12 }, edge);
    edge.addEventListener("pointerdown", (event) => this.grab(end, edge, event));
    edge.addEventListener("keydown", (event) => this.nudge(end, event));
    edge.addEventListener("keyup", () => this.settle());
    edge.addEventListener("blur", () => this.settle());
    this.track.append(edge);
    return edge;
  }

  choose(bound) {
    this.bound = bound;
    this.chips.forEach((chip, number) => chip.setAttribute("aria-pressed", String(this.bounds[number] === bound)));
    this.show();
  }

  // Where a value is, pixels from the top; an open end is at the edge of the plot.
  place(value, end) {
    if (value === null) return end === "low" ? this.height : 0;
    return this.height * Math.min(1, Math.max(0, (this.high - value) / (this.high - this.low)));
  }

  show() {
    const { bound } = this;
    for (const end of ["low", "high"]) this.showEdge(end);
    for (const [end, input] of Object.entries(this.fields)) {
      input.step = bound.step;
      if (input !== document.activeElement) input.value = bound[end] ?? "";
    }
    this.slack.hidden = bound.tolerance === null;
    this.drawBands();
  }

  showEdge(end) {
    const { bound } = this;
    const edge = this.edges[end];
    const [value, y] = [bound[end], this.place(bound[end], end)];
    edge.classList.toggle("is-open", value === null);
    for (const line of edge.querySelectorAll("line")) {
      line.setAttribute("y1", y);
      line.setAttribute("y2", y);
    }
    edge.querySelector(".grip").setAttribute("cy", y);
    const says = edge.querySelector(".says");
    says.setAttribute("y", end === "high" ? Math.max(12, y - 6) : Math.min(this.height - 6, y + 15));
    says.textContent = value === null ? OPEN : `${end === "low" ? "from" : "to"} ${inWords(value, bound.unit)}`;
    edge.setAttribute("aria-label", `${bound.title}, ${bound.name}: ${end === "low" ? "from" : "to"}`);
    edge.setAttribute("aria-valuemin", bound.least ?? this.low);
    edge.setAttribute("aria-valuemax", bound.most ?? this.high);
    edge.setAttribute("aria-valuenow", value ?? (end === "low" ? bound.least : bound.most) ?? 0);
    edge.setAttribute("aria-valuetext", inWords(value, bound.unit));
  }

  drawBands() {
    const { bound } = this;
    const rect = (x, width, top, bottom, name) => draw("rect", {
      class: name, x, width, y: 10 * top, height: Math.max(10, 10 * (bottom - top)),
    }, this.bands);
    const beyond = (end, by) => (bound[end] === null ? null : bound[end] + by);
    const [top, bottom] = [this.place(bound.high, "high"), this.place(bound.low, "low")];
    const slack = bound.tolerance ?? 0;
    this.bands.replaceChildren();
    for (const [x, width] of bound.spans) {
      if (slack) rect(x, width, this.place(beyond("high", slack), "high"), this.place(beyond("low", -slack), "low"), "slack");
      rect(x, width, top, bottom, bound.of === "check" ? "band" : "band pose");
    }
  }

  // Which bounds are judged at a moment, in units of the plot.
  mark(x) {
    this.chips.forEach((chip, number) => {
      const { of, spans } = this.bounds[number];
      chip.classList.toggle("due", of === "check" && spans.some(([from, width]) => from <= x && x <= from + width));
    });
  }

  tell(faults) {
    const mine = new Set(this.bounds.flatMap(({ address }) => [address, `${address.slice(0, address.lastIndexOf("."))}.tolerance`]));
    const words = faults.filter((one) => mine.has(one.address)).map((one) => one.words);
    this.fault.textContent = words.join("; ");
    this.fault.hidden = !words.length;
    this.plot.classList.toggle("at-fault", words.length > 0);
    return words.length > 0;
  }

  set(end, value, does) {
    const { bound } = this;
    if (value !== null && end !== "tolerance") {
      value = Math.min(bound.most ?? Infinity, Math.max(bound.least ?? -Infinity, value));
    }
    bound[end] = value;
    this.show();
    does.call(this.does, bound);
  }

  typed(end, input, does) {
    if (input.value === "" && end === "tolerance") return;
    if (input.value !== "" || !input.validity.badInput) this.set(end, input.value === "" ? null : input.valueAsNumber, does);
  }

  grab(end, edge, event) {
    if (event.button) return;
    event.preventDefault();
    event.stopPropagation();
    edge.focus();
    edge.setPointerCapture(event.pointerId);
    this.does.held(true);
    const box = this.track.getBoundingClientRect();
    const off = event.clientY - box.top - this.place(this.bound[end], end);
    const before = this.bound[end];
    const move = (moved) => {
      moved.stopPropagation(); // it is no way through the recording
      const share = (moved.clientY - this.track.getBoundingClientRect().top - off) / this.height;
      const { step } = this.bound;
      const value = Math.round((this.high - share * (this.high - this.low)) / step) * step;
      const tidy = Number(value.toFixed(4));
      if (tidy !== this.bound[end]) this.set(end, tidy, this.does.tried);
    };
    const drop = () => {
      edge.removeEventListener("pointermove", move);
      this.does.held(false);
      if (this.bound[end] !== before) this.does.moved(this.bound);
    };
    edge.addEventListener("pointermove", move);
    edge.addEventListener("lostpointercapture", drop, { once: true });
  }

  nudge(end, event) {
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const { bound } = this;
    const from = bound[end] ?? (end === "low" ? bound.least : bound.most);
    if (from === null) return;
    this.set(end, Number((from + by * bound.step).toFixed(4)), this.does.tried);
    this.nudged = true;
  }

  settle() {
    if (!this.nudged) return;
    this.nudged = false;
    this.does.moved(this.bound);
  }
}
