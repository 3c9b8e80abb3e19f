// One phone: the letter, the lock screen, the chat and the field to write in.

import { drawMessage, dayLine } from "./message.js";

const TOAST_MS = 5000;
const FRESH_MS = 4000;

export function post(path, body) {
  return fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export class Phone {
  constructor(state) {
    this.id = state.id;
    this.name = state.name;
    this.card = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.card.id = `phone-${this.id}`;
    this.titleId = `title-${this.id}`;
    this.drawn = new Map(); // message id → what was drawn, as JSON
    this.notices = state.notices.count;
    this.toasts = state.toasts.count;
    this.replyTo = null;
    const find = (query) => this.card.querySelector(query);
    this.title = find(".title");
    this.title.id = this.titleId;
    this.letter = find(".letter");
    this.banner = find(".banner");
    this.log = find(".log");
    this.talk = find(".talk");
    this.toast = find(".toast");
    this.door = find(".door");
    this.form = find(".write");
    this.field = find("textarea");
    this.quote = find(".quote");
    this.items = find(".menu .items");
    this.menu = find(".menu");
    this.log.setAttribute("aria-label", `Gesprek van ${this.name} met Voorzorg`);
    find(".text .unseen").textContent = `Bericht van ${this.name}`;
    this.listen(find);
    this.letter.open = !state.started;
  }

  listen(find) {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.send();
      }
      if (event.key === "Escape") this.chooseReply(null);
    });
    find(".attach input").addEventListener("change", (event) => this.attach(event.target));
    find(".quote button").addEventListener("click", () => this.chooseReply(null));
    find(".letter .open").addEventListener("click", () => this.openLetter());
    find(".door button").addEventListener("click", () => this.act("start"));
    document.addEventListener("pointerdown", (event) => {
      if (!this.menu.contains(event.target)) this.menu.open = false;
    });
    this.menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.menu.open = false;
      this.menu.querySelector("summary").focus();
    });
  }

  // Draws the phone from its state; says whether the bot sent something new.
  update(state) {
    this.state = state;
    this.title.textContent = state.title;
    this.drawLetter(state.letter);
    this.drawMenu(state.menu, state.blocked);
    this.drawDoor(state);
    const news = state.notices.count > this.notices;
    this.banner.firstElementChild.replaceChildren(...bannerOf(state.notices.last));
    this.banner.classList.toggle("empty", !state.notices.last);
    if (news) {
      this.banner.classList.remove("fresh");
      void this.banner.offsetWidth; // Starts the movement again for a second notice.
      this.banner.classList.add("fresh");
      setTimeout(() => this.banner.classList.remove("fresh"), FRESH_MS);
    }
    this.notices = state.notices.count;
    this.drawLog(state.messages);
    if (state.toasts.count > this.toasts) this.say(state.toasts.last);
    this.toasts = state.toasts.count;
    return news;
  }

  drawLetter(letter) {
    this.letter.hidden = !letter;
    const drawn = JSON.stringify(letter);
    if (!letter || this.letterDrawn === drawn) return;
    this.letterDrawn = drawn;
    const find = (query) => this.letter.querySelector(query);
    find("h3").textContent = letter.title;
    find(".paper").setAttribute("aria-label", `Brief: ${letter.title}`);
    find(".lines").replaceChildren(
      ...letter.lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })),
    );
    find(".code").hidden = !letter.code;
    find(".code strong").textContent = letter.code;
    find(".hint").hidden = !letter.hint;
    find(".hint").textContent = letter.hint;
  }

  drawMenu(menu, blocked) {
    const drawn = JSON.stringify([menu, blocked]);
    if (this.menuDrawn === drawn) return;
    this.menuDrawn = drawn;
    const item = (label, detail, act) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(Object.assign(document.createElement("b"), { textContent: label }), ` ${detail}`);
      button.addEventListener("click", () => {
        this.menu.open = false;
        act();
        this.field.focus();
      });
      return button;
    };
    const commands = menu.map(({ command, description }) =>
      item(`/${command}`, description, () => this.act("say", { text: `/${command}` })),
    );
    this.items.replaceChildren(...commands, item("Blokkeer", "Voorzorg op deze telefoon", () => this.act("block")));
  }

  drawDoor({ started, blocked }) {
    const closed = !started || blocked;
    const turned = closed === this.door.hidden; // The focus must not vanish with what is hidden.
    const held = this.opening || (turned && this.card.contains(document.activeElement));
    this.card.classList.toggle("quiet", !started);
    this.door.hidden = !closed;
    this.form.hidden = closed;
    this.door.querySelector("p").textContent = blocked
      ? `${this.name} heeft Voorzorg geblokkeerd.`
      : "Hier is het nog stil.";
    const button = this.door.querySelector("button");
    button.textContent = blocked ? "Weer toelaten" : "Start";
    if (!turned || !held) return;
    this.opening = false;
    (closed ? button : this.field).focus({ preventScroll: true });
  }

  drawLog(messages) {
    const held = this.log.contains(document.activeElement) && document.activeElement !== this.log;
    const wanted = new Map(messages.map((message) => [String(message.id), message]));
    for (const element of [...this.talk.children]) {
      if (element.dataset.id && !wanted.has(element.dataset.id)) {
        element.remove();
        this.drawn.delete(element.dataset.id);
      }
    }
    let day = "";
    let added = false;
    for (const element of this.talk.querySelectorAll(".day")) element.stale = true;
    let after = null;
    const place = (element) => {
      const next = after ? after.nextSibling : this.talk.firstChild;
      if (next !== element) this.talk.insertBefore(element, next);
      after = element;
    };
    for (const [id, message] of wanted) {
      if (message.day !== day) {
        day = message.day;
        const line = [...this.talk.querySelectorAll(".day")].find((old) => old.textContent === day) ?? dayLine(day);
        line.stale = false;
        place(line);
      }
      const shape = JSON.stringify(message);
      let element = this.talk.querySelector(`[data-id="${id}"]`);
      if (this.drawn.get(id) !== shape) {
        added ||= !element;
        element = drawMessage(message, this, element);
        this.drawn.set(id, shape);
      }
      place(element);
    }
    for (const line of [...this.talk.querySelectorAll(".day")]) if (line.stale) line.remove();
    if (held && !this.log.contains(document.activeElement)) this.focusNewest();
    if (added) this.scrollDown();
  }

  // A tapped button is gone once its message is another; the keyboard then goes on at the newest buttons.
  focusNewest() {
    const boards = this.log.querySelectorAll(".keyboard");
    const next = boards.length ? boards[boards.length - 1].querySelector("button, a") : this.field;
    next.focus({ preventScroll: true });
  }

  // The log runs from its end: 0 is the newest message, and the browser itself stays there.
  scrollDown() {
    this.log.scrollTop = 0;
  }

  chooseReply(message) {
    this.replyTo = message;
    this.quote.hidden = !message;
    this.quote.querySelector("span").textContent = message ? `Antwoord op: ${message.text || message.kind}` : "";
    this.field.focus();
  }

  async openLetter() {
    const closed = this.form.hidden;
    this.opening = closed; // The field comes with the next state; then it takes the focus.
    if (!(await this.act("start", { payload: this.state.letter.payload }))) return;
    this.letter.open = false;
    if (!closed) this.field.focus();
  }

  async send() {
    const text = this.field.value;
    if (!text.trim()) return;
    const reply = this.replyTo;
    const sent = await (reply ? this.act("reply", { message_id: reply.id, text }) : this.act("say", { text }));
    if (!sent) return;
    if (this.field.value === text) this.field.value = "";
    if (reply) this.chooseReply(null);
  }

  async attach(input) {
    const file = input.files[0];
    input.value = "";
    if (!file) return;
    const url = await new Promise((done) => {
      const reader = new FileReader();
      reader.addEventListener("load", () => done(reader.result));
      reader.readAsDataURL(file);
    });
    this.act("document", { name: file.name, content: url.slice(url.indexOf(",") + 1) });
  }

  async act(name, body = {}) {
    try {
      const answer = await post(`/phones/${this.id}/${name}`, body);
      if (answer.ok) return true;
      this.say("Dat lukt nu niet.");
    } catch {
      this.say("De server is onbereikbaar.");
    }
    return false;
  }

  say(text) {
    this.toast.textContent = text;
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => (this.toast.textContent = ""), TOAST_MS);
  }
}

function bannerOf(text) {
  if (!text) return ["Geen meldingen"];
  const [sender, words] = ["b", "bdi"].map((name) => document.createElement(name));
  sender.textContent = "Voorzorg: ";
  words.textContent = text;
  return [sender, words];
}
