// What somebody saw with their own eyes in a recording: marked at the moment that is shown, kept beside it.
const LISTS = { repetition: "repetitions", hold: "holds", good: "good" };
const NAMES = { repetition: "Repetition", hold: "Hold", good: "Good form" };
const tidy = (t) => Number(t.toFixed(2));

class Labelling {
  // `marking` is what is under way; it outlives this. `keep` is told of new labels, and of what was done.
  constructor(section, session, { labels, counted, kinds, holds }, marking, keep) {
    Object.assign(this, { session, labels, counted, kinds, marking, keep });
    this.host = section.querySelector(".labelling");
    this.one = (what) => this.host.querySelector(what);
    const options = [holds ? "hold" : "repetition", "good"].map((what) => [what, NAMES[what]]);
    this.one(".what").append(...[...options, ...kinds.map(({ kind, words }) => [`fault ${kind}`, `Fault: ${words}`])]
      .map(([value, words]) => make("option", { value }, words)));
    if (marking.what) this.one(".what").value = marking.what;
    this.one(".what").addEventListener("change", () => { marking.what = this.one(".what").value; this.show(); });
    this.one(".begins").addEventListener("click", () => this.begin());
    this.one(".turns").addEventListener("click", () => this.turn());
    this.one(".ends").addEventListener("click", () => this.end());
    this.one(".take-over").addEventListener("click", () => this.takeOver());
    const throughout = this.one(".throughout input");
    throughout.checked = labels.clean;
    throughout.addEventListener("change", () => this.keep({ ...labels, clean: throughout.checked }, "Good throughout"));
    this.show();
  }

  get what() { return this.one(".what").value; }
  get now() { return tidy(this.session.player.t); }

  key(key) {
    const act = { b: "begins", t: "turns", e: "ends" }[key];
    if (act && !this.one(`.${act}`).disabled) this.one(`.${act}`).click();
  }

  begin() {
    Object.assign(this.marking, { what: this.what, begin: this.now, turn: null });
    this.show();
  }

  turn() {
    this.marking.turn = this.now;
    this.show();
  }

  end() {
    const { begin, turn } = this.marking;
    const end = this.now;
    Object.assign(this.marking, { begin: null, turn: null });
    const [start, last] = begin <= end ? [begin, end] : [end, begin];
    if (this.what.startsWith("fault ")) {
      this.add("faults", { kind: this.what.slice(6), start, end: last }, "A fault marked");
    } else {
      const inside = turn !== null && start <= turn && turn <= last;
      this.add(LISTS[this.what], { start, ...(inside ? { turn } : {}), end: last }, `${NAMES[this.what]} marked`);
    }
  }

  add(list, mark, about) {
    const marks = [...(this.labels[list] ?? []), mark].sort((a, b) => a.start - b.start);
    this.keep({ ...this.labels, [list]: marks }, about);
  }

  change(list, number, mark, about) {
    const marks = this.labels[list].map((one, at) => (at === number ? mark : one)).filter(Boolean);
    const { [list]: _, ...rest } = this.labels;
    this.keep(marks.length ? { ...rest, [list]: marks } : rest, about);
  }

  takeOver() {
    const { repetitions, holds } = this.counted;
    this.keep({ ...this.labels, ...(repetitions && { repetitions }), ...(holds && { holds }) }, "What is counted taken over");
  }

  show() {
    const { begin, turn } = this.marking;
    const repetition = this.what === "repetition";
    this.one(".turns").hidden = !repetition;
    this.one(".turns").disabled = this.one(".ends").disabled = begin === null;
    this.one(".under-way").textContent = begin === null ? "" : `from ${clock(begin)}${turn === null ? "" : `, turn ${clock(turn)}`}`;
    this.one(".take-over").hidden = !(this.counted.repetitions ?? this.counted.holds);
    const marks = [];
    for (const [what, list] of Object.entries({ ...LISTS, fault: "faults" })) {
      (this.labels[list] ?? []).forEach((mark, number) => marks.push({ what, list, mark, number }));
    }
    marks.sort((a, b) => a.mark.start - b.mark.start);
    this.one(".marks").replaceChildren(...marks.map((one) => make("li", {}, ...this.row(one))));
  }

  row({ what, list, mark, number }) {
    const words = what === "fault" ? this.wordsOf(mark.kind) : NAMES[what];
    const goTo = make("button", { type: "button", className: "mark-at" }, make("b", {}, words), ` ${clock(mark.start)} – ${clock(mark.end)}`);
    goTo.addEventListener("click", () => this.session.look(mark.turn ?? mark.start));
    const away = make("button", { type: "button", className: "away", "aria-label": `Take ${words} at ${clock(mark.start)} away` }, "×");
    away.addEventListener("click", () => this.change(list, number, null, `${words} taken away`));
    return what === "repetition" ? [goTo, this.verdict(mark, number), away] : [goTo, away];
  }

  wordsOf(kind) { return this.kinds.find((one) => one.kind === kind)?.words ?? kind; }

  verdict(mark, number) {
    const faults = mark.faults ?? [];
    const now = faults.length ? faults.join(" ") : mark.good === true ? "good" : mark.good === false ? "bad" : "";
    const choices = [["", "form?"], ["good", "good"], ["bad", "not good"], ...this.kinds.map(({ kind, words }) => [kind, words])];
    if (!choices.some(([value]) => value === now)) choices.push([now, faults.map((kind) => this.wordsOf(kind)).join(", ")]);
    const select = make("select", { "aria-label": "Its form" }, ...choices.map(([value, words]) => make("option", { value }, words)));
    select.value = now;
    select.addEventListener("change", () => {
      const { good: _, faults: __, ...bare } = mark;
      const said = { "": {}, good: { good: true }, bad: { good: false } }[select.value] ?? { good: false, faults: [select.value] };
      this.change("repetitions", number, { ...bare, ...said }, "Form of a repetition");
    });
    return select;
  }
}
