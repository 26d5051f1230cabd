// What plays: a video, or the moving figure from packed numbers. These files are one script, in the order
// players, curves, session, page. Everything that can be seen is in the page already.
const GAP = 1; // seconds without a sample, after which nobody knows what happened
const SVG = "http://www.w3.org/2000/svg";

const unpack = (text, Kind) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Kind(bytes.buffer);
};

// The last place in a sorted list that is not above a value; -1 before the first.
const lastAt = (list, value, of = (one) => one) => {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (of(list[middle]) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

class VideoPlayer {
  constructor(video, changed) {
    this.video = video;
    for (const event of ["seeking", "seeked", "play", "pause", "timeupdate", "loadedmetadata"]) {
      video.addEventListener(event, changed);
    }
  }
  get t() { return this.video.currentTime; }
  set t(t) { this.video.currentTime = t; }
  get playing() { return !this.video.paused && !this.video.ended; }
  set rate(rate) { this.video.playbackRate = rate; }
  play() { this.video.play(); }
  pause() { this.video.pause(); }
  draw() {}
}

class FigurePlayer {
  constructor(figure, data, changed) {
    this.changed = changed;
    this.start = data.start;
    this.end = data.end;
    this.at = data.start;
    this.rate = 1;
    this.playing = false;
    const packed = data.figure;
    Object.assign(this, { packed, times: unpack(packed.t, Int32Array), xy: unpack(packed.xy, Int16Array) });
    figure.replaceChildren();
    const add = (kind, name) => {
      const made = figure.appendChild(document.createElementNS(SVG, kind));
      made.setAttribute("class", name);
      return made;
    };
    this.bones = packed.bones.map(() => add("line", "near"));
    this.head = add("circle", "head");
    this.marks = [add("circle", "faulty"), add("circle", "faulty")];
  }
  get t() { return this.at; }
  set t(t) {
    this.at = Math.min(Math.max(t, this.start), this.end);
    this.changed();
  }
  play() {
    if (this.at >= this.end) this.at = this.start;
    this.playing = true;
    let before = performance.now();
    const step = (now) => {
      if (!this.playing) return;
      this.at = Math.min(this.end, this.at + ((now - before) / 1000) * this.rate);
      before = now;
      if (this.at >= this.end) this.playing = false;
      this.changed();
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
    this.changed();
  }
  pause() {
    this.playing = false;
    this.changed();
  }
  // Where a point is now, between the two moments next to now; null where either does not see it.
  place(point, row, share) {
    const { points, unseen } = this.packed;
    const place = (row, axis) => this.xy[2 * (row * points + point) + axis];
    const next = Math.min(row + 1, this.times.length - 1);
    if (place(row, 0) === unseen || place(next, 0) === unseen) return null;
    return [0, 1].map((axis) => (1 - share) * place(row, axis) + share * place(next, axis));
  }
  draw() {
    const now = 1000 * this.at;
    const row = Math.max(0, lastAt(this.times, now));
    const wait = row + 1 < this.times.length ? this.times[row + 1] - this.times[row] : 0;
    const share = wait > 0 && wait <= 1000 * GAP ? Math.min(1, Math.max(0, (now - this.times[row]) / wait)) : 0;
    const { bones, head, near, faults } = this.packed;
    const at = (point) => (this.times.length ? this.place(point, row, share) : null);
    const side = near[Math.max(0, lastAt(near, this.at, (one) => one[0]))];
    bones.forEach(([a, b, of], number) => {
      const isNear = !side || side[1] === 2 || of === 2 || of === side[1];
      this.line(this.bones[number], at(a), at(b), isNear ? "near" : "far");
    });
    const lengths = [0, 1].map((one) => [at(head.trunk[0][one]), at(head.trunk[1][one])])
      .filter(([a, b]) => a && b).map(([a, b]) => Math.hypot(a[0] - b[0], a[1] - b[1]));
    const radius = head.radius * Math.max(0, ...lengths);
    const seen = head.of.map(at).filter(Boolean);
    const middle = [0, 1].map((axis) => seen.reduce((sum, one) => sum + one[axis], 0) / seen.length);
    this.circle(this.head, seen.length ? middle : null, radius);
    const fault = faults.find(([start, end]) => start <= this.at && this.at <= end);
    this.marks.forEach((mark, number) => {
      const point = fault ? fault[2][number] : undefined;
      this.circle(mark, point === undefined ? null : at(point), radius);
      if (fault) mark.setAttribute("class", `faulty ${fault[3]}`);
    });
  }
  line(line, from, to, name) {
    line.setAttribute("visibility", from && to ? "visible" : "hidden");
    if (!from || !to) return;
    line.setAttribute("class", name);
    for (const [name, value] of [["x1", from[0]], ["y1", from[1]], ["x2", to[0]], ["y2", to[1]]]) {
      line.setAttribute(name, value.toFixed(1));
    }
  }
  circle(circle, middle, radius) {
    circle.setAttribute("visibility", middle ? "visible" : "hidden");
    if (!middle) return;
    for (const [name, value] of [["cx", middle[0]], ["cy", middle[1]], ["r", radius]]) {
      circle.setAttribute(name, value.toFixed(1));
    }
  }
}
