// Numbers along the axis of time, which is in hundredths of a second.
const UNITS = 100;

const clock = (t) => {
  const tenths = Math.round(t * 10);
  return `${Math.floor(tenths / 600)}:${((tenths % 600) / 10).toFixed(1).padStart(4, "0")}`;
};

// One measure's curve: its path is its data, in units from the left and from the top.
class Curve {
  constructor(plot) {
    this.out = plot.querySelector(".value");
    this.tall = Number(plot.querySelector(".zoom").dataset.height);
    this.low = Number(plot.dataset.low);
    this.high = Number(plot.dataset.high);
    this.unit = plot.dataset.unit;
    this.text = plot.querySelector(".curve")?.getAttribute("d") ?? "";
    this.points = null;
  }
  read() {
    const points = [];
    for (const run of this.text.split("M").slice(1)) {
      let [x, y] = run.split("l")[0].split(" ").map(Number);
      points.push([x, y]);
      const steps = run.split("l")[1].split(" ").map(Number);
      for (let number = 0; number < steps.length; number += 2) {
        x += steps[number];
        y += steps[number + 1];
        points.push([x, y]);
      }
    }
    return points;
  }
  show(x) {
    this.points ??= this.read();
    const point = this.points[lastAt(this.points, x, (one) => one[0])];
    if (!point || x - point[0] > GAP * UNITS) {
      this.out.textContent = "not seen";
      return;
    }
    const value = this.high - (point[1] / this.tall) * (this.high - this.low);
    const text = value.toFixed(this.unit === "trunk lengths" ? 2 : 0).replace(/^-(0(\.00)?)$/, "$1");
    this.out.textContent = text.replace("-", "−") + (this.unit === "degrees" ? "°" : "");
  }
}
