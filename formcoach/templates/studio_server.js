// What the studio's page asks of its server. These files come after those of the report page, in the order
// studio_server, studio_bounds, studio_result, studio; all are one script.
const facts = JSON.parse(document.querySelector("script.facts").textContent);

class Sorry extends Error {}
class NotWanted extends Error {}

const answerOf = async (request, given) => {
  let answer;
  try {
    answer = await request;
  } catch {
    if (given?.aborted) throw new NotWanted();
    throw new Sorry("The studio does not answer: it was ended, or this machine slept. Start it again.");
  }
  const said = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : {};
  if (!answer.ok) throw new Sorry(said.sorry ?? "The studio refused that; reload the page.");
  return said;
};

const get = (what, about = {}) => answerOf(fetch(`${what}?${new URLSearchParams({ ...about, page: facts.page })}`));

const post = (what, about = {}, given = undefined) => answerOf(fetch(what, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ ...about, page: facts.page }),
  signal: given,
}), given);

// Does one thing at a time, and of all that is wanted meanwhile only the newest.
class Newest {
  constructor(does) {
    this.does = does;
    this.busy = false;
    this.next = null;
    this.newer = new AbortController();
  }
  want(...what) {
    this.next = what;
    this.newer.abort();
    if (!this.busy) this.run();
  }
  // Waits, unless something newer is wanted.
  rest(ms) {
    return new Promise((done) => {
      setTimeout(done, ms);
      this.newer.signal.addEventListener("abort", done);
      if (this.next) done();
    });
  }
  forget() { this.next = null; }
  async run() {
    this.busy = true;
    while (this.next) {
      const what = this.next;
      this.next = null;
      this.newer = new AbortController();
      try {
        await this.does(...what);
      } catch (error) {
        complain(error);
      }
    }
    this.busy = false;
  }
}

const complain = (error) => {
  if (error instanceof NotWanted) return;
  if (!(error instanceof Sorry)) throw error;
  const sorry = document.querySelector(".sorry");
  sorry.textContent = error.message;
  sorry.hidden = false;
};

const make = (kind, traits = {}, ...inside) => {
  const made = document.createElement(kind);
  for (const [name, value] of Object.entries(traits)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...inside.filter((one) => one !== null));
  return made;
};

const draw = (kind, traits = {}, into = null) => {
  const made = document.createElementNS(SVG, kind);
  for (const [name, value] of Object.entries(traits)) made.setAttribute(name, value);
  into?.append(made);
  return made;
};
