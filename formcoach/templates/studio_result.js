// What moved bounds do to all open recordings, in numbers and one by one.
const SUMS = [
  ["counted", "Counted"], ["to_dose", "Good and long enough"], ["held_s", "Held"], ["faults", "Faults found"], ["cues", "Cues said"],
];

const seconds = (value) => (value < 60 ? `${value.toFixed(1)} s` : `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`);

const fromTo = ([before, after], words = String) => {
  const [was, is] = [words(before), words(after)];
  return was === is ? [was] : [make("del", {}, was), " → ", make("ins", {}, is)];
};

const sumsTable = (sums) => make("table", { className: "sums" }, make("tbody", {}, ...SUMS
  .filter(([name]) => !sums[name] || sums[name].some((value) => value > 0))
  .map(([name, words]) => make("tr", { className: name },
    make("th", { scope: "row" }, words),
    make("td", {}, ...(sums[name] ? fromTo(sums[name], name === "held_s" ? seconds : String) : ["…"]))))));

const editsList = (edits, titles) => make("ul", { className: "edits" }, ...edits.map((edit) => make("li", {},
  make("b", {}, titles.get(edit.address) ?? edit.address), " ", edit.before, " → ", edit.after)));

// Draws the whole panel; `go` is told which change is to be looked at.
const drawResult = (into, state, titles, go) => {
  const { outcome, faults, edits } = state;
  if (faults.length) {
    into.replaceChildren(
      make("p", { className: "fault" }, "Nobody can be coached by these bounds:"),
      make("ul", { className: "faults" }, ...faults.map((one) => make("li", {}, make("b", {}, one.address), ` ${one.words}`))),
    );
    return;
  }
  const parts = [sumsTable(outcome.sums)];
  const left = outcome.uncounted
    ? `${outcome.uncounted} of the recordings are still to be counted …` : `${outcome.waiting} of the recordings are still to be judged …`;
  if (outcome.waiting) parts.push(make("p", { className: "wait" }, left));
  if (edits?.length) parts.push(make("h3", {}, "Moved"), editsList(edits, titles));
  if (outcome.changes.length) {
    parts.push(make("h3", {}, "One by one"), changesList(outcome, go));
    const more = outcome.changed - outcome.changes.length;
    if (more > 0) parts.push(make("p", {}, `And ${more} more.`));
  } else {
    if (!outcome.waiting) parts.push(make("p", { className: "none" }, edits?.length
      ? "Nothing is counted or said differently." : "Drag an edge of a band: what it would change is told here."));
  }
  into.replaceChildren(...parts);
};

const changesList = (outcome, go) => {
  const names = [...new Set(outcome.changes.map((change) => change.recording))];
  return make("ol", { className: "changes" }, ...names.map((name) => make("li", {},
    make("h4", {}, name.replace(/\.fcr$/, "")),
    ...outcome.changes.filter((change) => change.recording === name).map((change) => changeButton(change, go)))));
};

const changeButton = (change, go) => {
  const button = make("button", { type: "button", className: "change" },
    make("span", { className: "at" }, change.clock),
    make("span", {}, `${change.side} ${change.what}`.trim(), ": ", make("del", {}, change.before), " → ", make("ins", {}, change.after)));
  button.addEventListener("click", () => go(change));
  return button;
};

const drawShelf = (into, state, looking, open) => {
  into.replaceChildren(...state.recordings.map((one) => {
    const found = state.outcome?.recordings[one.name];
    const facts = [one.created, one.lasted === null ? (one.opening ? "opening …" : one.fault ? "" : "not open") : seconds(one.lasted)];
    const button = make("button", { type: "button", className: "recording", disabled: Boolean(one.fault) },
      make("b", {}, one.title),
      make("small", {}, facts.filter(Boolean).join(" · ")),
      found ? make("span", { className: "counts" }, ...countsOf(found), one.true === null ? "" : `, true ${one.true}`) : null,
      found?.changes ? make("span", { className: "badge" }, String(found.changes), make("span", { className: "unseen-words" }, " changes")) : null);
    if (one.name === looking) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => open(one.name));
    const note = one.fault || one.damaged || one.label_fault;
    return make("li", {}, button, note ? make("p", { className: "note" }, note) : null);
  }));
};

const countsOf = (found) => {
  const held = found.held_s.some((value) => value >= 0.05);
  if (found.counted.some((value) => value > 0) || !held) return ["counted ", ...fromTo(found.counted)];
  return ["held ", ...fromTo(found.held_s, seconds)];
};
