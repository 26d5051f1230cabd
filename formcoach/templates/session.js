// One session: keeps player, timeline, curves and list in step with each other.
const STEPS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800]; // seconds between the marks of an axis
const SHOWN_S = 4; // a correction stays on the screen for so long

// Where a cursor may go, in its host.
const placeOf = (cursor) => {
  const host = cursor.parentElement;
  const inside = host.getBoundingClientRect();
  const { left, top, width } = host.querySelector(".track").getBoundingClientRect();
  const below = host.querySelector(".time").getBoundingClientRect().top;
  return { left: left - inside.left - host.clientLeft, top: top - inside.top - host.clientTop, width, height: below - top };
};

let latest = null; // the session that was touched last, which the keys are for

class Session {
  constructor(section) {
    this.section = section;
    this.data = JSON.parse(section.querySelector(".data").textContent);
    this.whole = [0, Number(section.dataset.width)];
    this.view = this.whole;
    this.all = (what) => [...section.querySelectorAll(what)];
    this.one = (what) => section.querySelector(what);
    this.rows = this.all(".row").map((button) => {
      const [start, at, end] = ["start", "at", "end"].map((name) => Number(button.dataset[name]));
      return { button, start, at, end };
    });
    this.cursors = this.all(".cursor");
    this.curves = this.all(".plot").map((plot) => new Curve(plot));
    const video = this.one("video");
    const changed = () => this.changed();
    this.player = video ? new VideoPlayer(video, changed) : new FigurePlayer(this.one(".screen .figure"), this.data, changed);
    this.player.t = this.data.first;
    this.listen();
    this.changed();
  }

  listen() {
    this.one(".controls").hidden = false;
    this.one(".play").addEventListener("click", () => this.toggle());
    this.one(".before").addEventListener("click", () => this.go(-1));
    this.one(".after").addEventListener("click", () => this.go(1));
    this.one(".speed").addEventListener("change", (event) => { this.player.rate = Number(event.target.value); });
    this.one(".zoom-out").addEventListener("click", () => this.zoom());
    const seek = this.one(".seek");
    if (seek) {
      [seek.min, seek.max] = [this.data.start, this.data.end];
      seek.addEventListener("input", () => { this.player.t = Number(seek.value); });
    }
    for (const row of this.rows) row.button.addEventListener("click", () => this.choose(row));
    for (const still of this.all(".still")) {
      still.addEventListener("click", () => this.look(Number(still.dataset.at)));
    }
    for (const track of this.all(".track")) this.scrub(track);
    this.section.addEventListener("pointerdown", () => { latest = this; });
    this.section.addEventListener("focusin", () => { latest = this; });
    new ResizeObserver(() => {
      this.places = null;
      this.changed();
    }).observe(this.section);
  }

  // A press on a timeline or a plot goes to that moment, and a drag goes along.
  scrub(track) {
    const to = (event) => {
      const { left, width } = track.getBoundingClientRect();
      const share = Math.min(1, Math.max(0, (event.clientX - left) / width));
      this.player.t = this.time(this.view[0] + share * (this.view[1] - this.view[0]));
    };
    track.addEventListener("pointerdown", (event) => {
      track.setPointerCapture(event.pointerId);
      to(event);
    });
    track.addEventListener("pointermove", (event) => {
      if (event.buttons) to(event);
    });
  }

  time(x) { return this.data.start + x / UNITS; }
  units(t) { return (t - this.data.start) * UNITS; }
  toggle() { this.player.playing ? this.player.pause() : this.player.play(); }

  // Paused, the furthest point of a repetition is what to look at; playing, its beginning.
  choose(row) {
    this.player.t = this.player.playing ? row.start : row.at;
    this.chosen = row;
    this.show(row);
  }

  look(t) {
    this.player.pause();
    this.player.t = t;
    this.chosen = this.rows.find((row) => row.start <= t && t <= row.end);
    if (this.chosen) this.show(this.chosen);
  }

  // The repetition at this moment, else the one before it.
  current() {
    const t = this.player.t + 0.001;
    if (this.chosen && this.chosen.start <= t && t <= this.chosen.end + 0.01) return this.chosen;
    return this.rows[lastAt(this.rows, t, (row) => row.start)];
  }

  go(by) {
    const now = this.rows.indexOf(this.current());
    const row = this.rows[Math.min(this.rows.length - 1, Math.max(0, now + by))];
    if (!row) return;
    this.choose(row);
    if (document.activeElement.classList.contains("row")) row.button.focus();
  }

  show({ start, end }) {
    const room = Math.max(0.5, 0.15 * (end - start));
    const [from, to] = [this.units(start - room), this.units(end + room)];
    this.view = [Math.max(0, from), Math.min(this.whole[1], to)];
    this.drawView();
  }

  showAll() {
    this.view = this.whole;
    this.drawView();
  }

  zoom() {
    if (this.view !== this.whole) {
      this.showAll();
    } else if (this.current()) {
      this.show(this.current());
    }
  }

  drawView() {
    const [from, to] = this.view;
    const share = (x) => `${((100 * (x - from)) / (to - from)).toFixed(3)}%`;
    for (const drawing of this.all(".zoom")) {
      drawing.setAttribute("viewBox", `${from} 0 ${to - from} ${drawing.dataset.height}`);
    }
    for (const mark of this.all(".mark")) {
      const x = Number(mark.dataset.x);
      mark.setAttribute("x", share(x));
      mark.setAttribute("visibility", from <= x && x <= to ? "visible" : "hidden");
      mark.classList.toggle("flip", x - from > 0.85 * (to - from));
    }
    const [first, last] = [this.time(from), this.time(to)];
    const step = STEPS.find((one) => (last - first) / one <= 8) ?? STEPS.at(-1);
    for (const axis of this.all(".time")) {
      axis.replaceChildren();
      for (let tick = Math.ceil(first / step) * step; tick <= last; tick += step) {
        const text = axis.appendChild(document.createElementNS(SVG, "text"));
        text.setAttribute("x", share(this.units(tick)));
        text.setAttribute("y", 12);
        text.textContent = step < 1 ? clock(tick) : clock(tick).slice(0, -2);
      }
    }
    const zoomed = this.view !== this.whole;
    this.section.classList.toggle("zoomed", zoomed);
    const button = this.one(".zoom-out");
    button.textContent = zoomed ? "Show all" : "Zoom in";
    button.setAttribute("aria-pressed", String(zoomed));
    this.changed();
  }

  changed() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.draw();
      if (this.player.playing) this.changed();
    });
  }

  draw() {
    const { t } = this.player;
    const x = this.units(t);
    if (this.player.playing && this.view !== this.whole && x > this.view[1]) this.turnPage(x);
    this.player.draw();
    this.drawCursors(x);
    for (const curve of this.curves) curve.show(x);
    this.markRow(this.current());
    this.drawCue(t);
    this.one(".now").textContent = clock(t);
    this.one(".play").textContent = this.player.playing ? "Pause" : "Play";
    const seek = this.one(".seek");
    if (seek) seek.value = t;
  }

  // Zoomed in, the plots go on with the moment, a view at a time.
  turnPage(x) {
    const width = this.view[1] - this.view[0];
    const from = Math.min(x, Math.max(0, this.whole[1] - width));
    this.view = [from, from + width];
    this.drawView();
  }

  drawCursors(x) {
    const [from, to] = this.view;
    this.places ??= this.cursors.map(placeOf);
    this.cursors.forEach((cursor, number) => {
      const { left, top, width, height } = this.places[number];
      cursor.hidden = x < from || x > to;
      cursor.style.transform = `translate(${left + ((x - from) / (to - from)) * width - 1}px, ${top}px)`;
      cursor.style.height = `${height}px`;
    });
  }

  markRow(row) {
    if (row === this.marked) return;
    this.marked?.button.removeAttribute("aria-current");
    row?.button.setAttribute("aria-current", "true");
    this.marked = row;
  }

  drawCue(t) {
    const { cues } = this.data;
    const cue = cues[lastAt(cues, t, (one) => one[0])];
    const shown = this.one(".cue");
    shown.hidden = !cue || t - cue[0] > SHOWN_S;
    if (!shown.hidden) {
      shown.textContent = cue[1];
      shown.className = `cue ${cue[2]}`;
    }
  }
}
