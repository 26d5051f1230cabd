// The studio: keeps the recording that is looked at, its bounds and what they change in step with the server.
const one = (what) => document.querySelector(what);
const REST_MS = 200; // a hand that has not moved for so long rests

class Studio {
  constructor() {
    this.state = null;
    this.looking = null;
    this.going = null; // which recording, and which moment of it, the person has asked for and does not see yet
    this.plots = [];
    this.chosen = new Map(); // by measure, the address of the bound that is shown
    this.marking = { what: "", begin: null, turn: null }; // what is being marked, also while the page is drawn anew
    this.titles = new Map(); // by address, what a bound is called
    this.tries = new Newest((bound, serial) => this.attempt(bound, serial));
    this.looks = new Newest((name, moment) => this.look(name, moment));
    this.serial = 0; // of what was done last: an answer to what came before it is out of date
    this.listen();
    this.poll();
  }

  listen() {
    for (const act of ["undo", "redo", "back"]) one(`.acts .${act}`).addEventListener("click", () => this.act(act));
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.target.matches?.("input")) return;
      const key = event.key.toLowerCase();
      const act = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : null;
      if (!act) return;
      event.preventDefault();
      this.act(act);
    });
    one(".acts .save").addEventListener("click", () => this.askToSave());
    one(".saving .not-now").addEventListener("click", () => one(".saving").close());
    one(".saving .now-save").addEventListener("click", () => {
      one(".saving").close();
      this.act("save");
    });
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.("input, select")) return;
      this.labels?.key(event.key.toLowerCase());
    });
    one("select.exercise")?.addEventListener("change", ({ target }) => {
      const { value } = target;
      target.value = facts.id; // what it stays, should the person rather stay here
      location.search = new URLSearchParams({ exercise: value });
    });
    addEventListener("beforeunload", (event) => {
      if (this.state?.unsaved) event.preventDefault();
    });
  }

  // Ask how it stands, until all recordings are open and judged.
  async poll(serial = this.serial) {
    try {
      const state = await get("state");
      if (serial === this.serial) this.take(state);
    } catch (error) {
      complain(error);
    }
  }

  // ---- what the person does ----------------------------------------------------------------------

  async act(what, about = {}) {
    this.tries.forget();
    one(".stage").ariaBusy = "true";
    const serial = ++this.serial;
    try {
      const state = await post(what, about);
      if (serial === this.serial) this.take(state);
      one(".sorry").hidden = true;
      one(".said").textContent = state.said ?? "";
      this.lookAgain();
    } catch (error) {
      one(".stage").ariaBusy = "false";
      complain(error);
    }
  }

  askToSave() {
    const { edits, relabelled } = this.state;
    const bounds = edits.length ? [
      make("p", { className: "file" }, make("b", {}, facts.target)),
      editsList(edits, this.titles),
      make("p", {}, facts.stock
        ? "The exercise that formcoach brings stays as it is; this file of your own takes its place."
        : "Comments stay, and what stands there now is kept in a file beside it."),
    ] : [];
    one(".saving .files").replaceChildren(
      make("p", {}, "This will be written:"), ...bounds,
      ...relabelled.map((path) => make("p", { className: "file" }, make("b", {}, path), " with what you marked")),
    );
    one(".saving").showModal();
  }

  moved(bound) {
    const { address, low, high, tolerance, title, name } = bound;
    this.act("move", { address, low, high, tolerance, about: `${title}, ${name}` });
  }

  // Counts go along with a hand that drags; judging begins once it rests, and leaves off when it goes on.
  async attempt({ address, low, high, tolerance }, serial) {
    let left = { waiting: true, uncounted: true };
    while (left?.waiting && serial === this.serial && !this.tries.next) {
      const { faults, outcome } = await post("try", { address, low, high, tolerance }, left.uncounted ? undefined : this.tries.newer.signal);
      if (serial === this.serial) this.result({ ...this.state, faults, outcome });
      if (left.uncounted && !outcome?.uncounted) await this.tries.rest(REST_MS);
      left = outcome;
    }
  }

  async open(name, moment) {
    this.going = { name, moment };
    if (!this.state.recordings.find((one) => one.name === name).open) await this.act("open", { name });
    this.looks.want(name, moment);
  }

  // ---- what the page shows -----------------------------------------------------------------------

  take(state) {
    this.state = state;
    const { serial } = this;
    if (state.busy || state.outcome?.waiting) setTimeout(() => serial === this.serial && this.poll(), state.busy ? 300 : 0);
    for (const act of ["undo", "redo"]) {
      const button = one(`.acts .${act}`);
      button.disabled = !state[`${act}es`];
      button.title = state[`${act}es`] && `${act === "undo" ? "Take back" : "Do again"}: ${state[`${act}es`]}`;
    }
    one(".acts .back").disabled = !state.unsaved;
    one(".acts .save").disabled = !state.unsaved || state.faults.length > 0;
    one(".saved").textContent = state.unsaved ? "Not saved yet" : state.mine ? facts.target : "As formcoach brings it";
    this.result(state);
    const first = state.recordings.find((one) => one.open);
    if (!this.looking && first) this.looks.want(first.name);
    else if (!first && !state.busy) one(".stage").replaceChildren(make("p", { className: "waiting" }, "None of the recordings can be opened."));
  }

  result(state) {
    drawResult(one(".result .told"), state, this.titles, (change) => this.open(change.recording, change.t));
    drawShelf(one(".recordings"), state, this.looking, (name) => this.open(name));
    const told = this.plots.map((plot) => plot.tell(state.faults));
    one(".result").classList.toggle("at-fault", state.faults.length > 0);
    return told;
  }

  hold(held) {
    this.held = held;
    if (held || !this.missed) return;
    this.looks.want(...this.missed);
    this.missed = null;
  }

  lookAgain() {
    const { name, moment } = this.going ?? { name: this.looking };
    if (name) this.looks.want(name, moment);
  }

  async look(name, moment) {
    const { html, bounds, labelling } = await get("look", { name });
    if (this.held) {
      this.missed = [name, moment]; // what is in the hand is not taken out of it
      return;
    }
    if (this.going?.name === name) this.going = null;
    const before = name === this.looking ? this.kept() : null;
    this.session?.player.pause();
    this.looking = name;
    const stage = one(".stage");
    stage.innerHTML = html;
    const section = stage.querySelector(".session");
    sessions.length = 0;
    this.session = null;
    if (section.querySelector(".plot")) this.set(section, { bounds, labelling }, before, moment);
    this.result(this.state);
    if (!this.looks.next) stage.ariaBusy = "false";
  }

  // Where the person was in the recording, to go on there.
  kept() {
    const { session } = this;
    const at = document.activeElement;
    return session && {
      t: session.player.t,
      playing: session.player.playing,
      rate: session.player.rate,
      view: session.view === session.whole ? null : session.view,
      open: [...document.querySelectorAll(".stage details[open]")].map((one) => one.className),
      focus: [".edge.low", ".edge.high", "input.low", "input.high", "input.tolerance"]
        .filter((what) => at?.matches(`.plot ${what}`))
        .map((what) => `.plot[data-measure="${at.closest(".plot").dataset.measure}"] ${what}`)[0],
    };
  }

  set(section, { bounds, labelling }, before, moment) {
    this.session = new Session(section);
    sessions.push(this.session);
    latest = this.session;
    for (const bound of bounds) this.titles.set(bound.address, `${bound.title}, ${bound.name.toLowerCase()}`);
    const does = {
      tried: (bound) => this.tries.want(bound, this.serial),
      moved: (bound) => this.moved(bound),
      chosen: (bound) => this.chosen.set(bound.measure, bound.address),
      held: (held) => this.hold(held),
    };
    this.plots = [...section.querySelectorAll(".plot")].map((plot) => {
      const { measure } = plot.dataset;
      return new PlotBounds(plot, bounds.filter((one) => one.measure === measure), this.chosen.get(measure), does);
    });
    for (const button of section.querySelectorAll(".measures button")) {
      button.addEventListener("click", () => this.plotOf(button.dataset.measure).scrollIntoView({ block: "center" }));
    }
    const name = this.looking;
    this.labels = new Labelling(section, this.session, labelling, this.marking, (labels, about) => this.act("label", { name, labels, about }));
    this.follow();
    if (before) this.goOn(before);
    if (moment !== undefined) this.session.look(moment);
  }

  plotOf(measure) {
    return this.plots.find(({ plot }) => plot.dataset.measure === measure).plot;
  }

  goOn({ t, playing, rate, view, open, focus }) {
    const { session } = this;
    session.player.t = t;
    session.player.rate = rate;
    session.one(".speed").value = String(rate);
    if (view) {
      session.view = view;
      session.drawView();
    }
    if (playing) session.player.play();
    for (const name of open) document.querySelector(`.stage details.${name}`)?.setAttribute("open", "");
    if (focus) document.querySelector(focus)?.focus({ preventScroll: true });
  }

  // The checks that are judged at the moment that is shown are marked.
  follow() {
    const { session } = this;
    const drawn = session.draw.bind(session);
    session.draw = () => {
      drawn();
      const x = session.units(session.player.t);
      for (const plot of this.plots) plot.mark(x);
    };
  }
}

const studio = new Studio();
