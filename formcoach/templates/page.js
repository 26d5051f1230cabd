// The page: its sessions, the keys, the switch between light and dark, and paper.
const sessions = [...document.querySelectorAll(".session")].filter((one) => one.querySelector(".screen > *"))
  .map((one) => new Session(one));

const inView = () => latest ?? sessions.find((one) => one.section.getBoundingClientRect().bottom > 0) ?? sessions[0];

const KEYS = {
  " ": (session) => session.toggle(),
  ArrowLeft: (session) => { session.player.t -= 1; },
  ArrowRight: (session) => { session.player.t += 1; },
  ",": (session) => { session.player.t -= 1 / 30; },
  ".": (session) => { session.player.t += 1 / 30; },
  z: (session) => session.zoom(),
};
const IN_THE_LIST = { ArrowUp: (session) => session.go(-1), ArrowDown: (session) => session.go(1) };

document.addEventListener("keydown", (event) => {
  const at = document.activeElement;
  const onRow = at?.classList.contains("row");
  if (event.ctrlKey || event.metaKey || event.altKey || !sessions.length) return;
  if (at?.matches("select, input, a, summary") || (event.key === " " && at?.matches("button:not(.row)"))) return;
  const session = inView();
  const act = KEYS[event.key.toLowerCase()] ?? KEYS[event.key] ?? (onRow ? IN_THE_LIST[event.key] : undefined);
  if (!act) return;
  event.preventDefault();
  // Space on a repetition that is not on yet goes there first.
  const row = onRow ? session.rows.find((one) => one.button === at) : undefined;
  if (event.key === " " && row && session.current() !== row) session.choose(row);
  act(session);
});

const theme = document.querySelector(".theme");
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (document.documentElement.dataset.theme ?? (systemIsDark.matches ? "dark" : "light")) === "dark";
const nameTheme = () => { theme.textContent = isDark() ? "Light" : "Dark"; };
theme.hidden = false;
theme.addEventListener("click", () => {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  nameTheme();
});
systemIsDark.addEventListener("change", nameTheme);
nameTheme();

// Paper shows all of it.
addEventListener("beforeprint", () => sessions.forEach((session) => session.showAll()));
