// The page: a live line to the server, a card for each phone, the clock, and tabs where the screen is small.

import { Phone, post } from "./phone.js";

const phones = new Map();
const main = document.getElementById("phones");
const tabs = document.getElementById("tabs");
const offline = document.getElementById("offline");
const small = window.matchMedia("(max-width: 800px)");
let chosen = null;

function draw(state) {
  let phone = phones.get(state.id);
  if (!phone) {
    phone = new Phone(state);
    phones.set(state.id, phone);
    main.append(phone.card);
    addTab(phone);
  }
  const news = phone.update(state);
  if (news && phone.id !== chosen) phone.tab.dataset.news = "nieuw";
  if (chosen === null) choose(phone.id);
}

function addTab(phone) {
  const tab = document.createElement("button");
  tab.type = "button";
  tab.id = `tab-${phone.id}`;
  tab.textContent = phone.name;
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", phone.card.id);
  tab.addEventListener("click", () => choose(phone.id));
  phone.tab = tab;
  tabs.append(tab);
  dressCards();
}

function choose(id) {
  chosen = id;
  for (const phone of phones.values()) {
    const here = phone.id === id;
    phone.tab.setAttribute("aria-selected", String(here));
    phone.tab.tabIndex = here ? 0 : -1;
    if (here) delete phone.tab.dataset.news;
    phone.card.classList.toggle("chosen", here);
  }
  phones.get(id).scrollDown();
}

// A card is the panel of a tab only while there are tabs to be seen.
function dressCards() {
  for (const phone of phones.values()) {
    if (small.matches) {
      phone.card.setAttribute("role", "tabpanel");
      phone.card.setAttribute("aria-labelledby", phone.tab.id);
    } else {
      phone.card.removeAttribute("role");
      phone.card.setAttribute("aria-labelledby", phone.titleId);
    }
  }
}

small.addEventListener("change", dressCards);

tabs.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const ids = [...phones.keys()];
  const next = ids[(ids.indexOf(chosen) + step + ids.length) % ids.length];
  choose(next);
  phones.get(next).tab.focus();
});

const clock = document.getElementById("clock");

function showTime(time) {
  clock.hidden = !time;
  if (!time) return;
  document.getElementById("clock-day").textContent = time.day;
  document.getElementById("clock-time").textContent = time.time;
}

clock.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-to]");
  if (!button || clock.hasAttribute("aria-busy")) return;
  clock.setAttribute("aria-busy", "true");
  try {
    const answer = await post("/clock", { to: button.dataset.to });
    if (answer.ok) {
      const time = await answer.json();
      showTime(time);
      document.getElementById("clock-told").textContent = `Het is nu ${time.day}, ${time.time}.`;
    } else tell("De klok blijft staan. Kijk in het logboek van de server.");
  } catch {
    tell("De klok is onbereikbaar.");
  } finally {
    clock.removeAttribute("aria-busy");
  }
});

function tell(text) {
  offline.textContent = text;
  offline.hidden = !text;
}

// After a break the server sends every phone whole, so there is nothing to catch up.
let pause = 500;

function listen() {
  const socket = new WebSocket(`ws://${location.host}/phones/live`);
  socket.addEventListener("message", (event) => {
    pause = 500;
    tell("");
    const news = JSON.parse(event.data);
    if ("clock" in news) showTime(news.clock);
    news.phones.forEach(draw);
  });
  socket.addEventListener("close", () => {
    tell("De verbinding is weg. Ik probeer het opnieuw.");
    setTimeout(listen, pause);
    pause = Math.min(pause * 2, 8000);
  });
}

listen();
