// A message: its text with bold and links as real elements, its file, its buttons. Nothing is ever read as HTML.

const INLINE = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "code",
  blockquote: "q",
};

function make(name, className = "", text = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

export function dayLine(day) {
  return make("h3", "day", day);
}

// Returns the element of a message, in the place of `old` when there is one.
export function drawMessage(message, phone, old) {
  const element = make("article", `message ${message.mine ? "mine" : "bot"}`);
  element.dataset.id = message.id;
  element.append(make("h4", "unseen", `${message.mine ? phone.name : "Voorzorg"}, ${message.time}`));
  element.append(bubbleOf(message, phone));
  if (message.buttons.length) element.append(keyboardOf(message, phone));
  if (old) old.replaceWith(element);
  return element;
}

function bubbleOf(message, phone) {
  const bubble = make("div", "bubble");
  if (message.forwarded) bubble.append(make("p", "origin", `Doorgestuurd van ${message.forwarded}`));
  if (message.reply_to) {
    const quoted = make("p", "origin", message.reply_to.text || "Een bericht");
    quoted.dir = "auto";
    bubble.append(quoted);
  }
  if (message.document) bubble.append(message.document.is_picture ? pictureOf(message.document) : fileOf(message.document));
  if (message.kind && !message.document) bubble.append(make("p", "kind", message.kind));
  if (message.text) {
    const text = make("p", "words");
    text.dir = "auto";
    text.append(...formatted(message.text, message.entities, phone));
    bubble.append(text);
  }
  const foot = make("p", "foot");
  const reply = make("button", "reply", "Antwoord");
  reply.type = "button";
  reply.setAttribute("aria-label", `Antwoord op: ${(message.text || message.kind || "dit bestand").slice(0, 60)}`);
  reply.addEventListener("click", () => phone.chooseReply(message));
  foot.append(reply, make("span", "time", `${message.edited ? "veranderd " : ""}${message.time}`));
  bubble.append(foot);
  return bubble;
}

function pictureOf(file) {
  const picture = make("img", "picture");
  picture.src = file.url;
  picture.alt = "Een foto";
  return picture;
}

function fileOf(file) {
  const link = make("a", "file");
  link.href = file.url;
  link.download = file.name;
  link.append(make("b", "", file.name), make("span", "", sizeOf(file.bytes)));
  return link;
}

function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  const [amount, unit] = bytes < 1024 ** 2 ? [bytes / 1024, "kB"] : [bytes / 1024 ** 2, "MB"];
  return `${amount.toLocaleString("nl", { maximumFractionDigits: 1 })} ${unit}`;
}

function keyboardOf(message, phone) {
  const board = make("div", "keyboard");
  board.setAttribute("role", "group");
  board.setAttribute("aria-label", "Kies een antwoord");
  for (const row of message.buttons) {
    const line = make("div", "row");
    line.append(...row.map((button) => buttonOf(button, message, phone)));
    board.append(line);
  }
  return board;
}

function buttonOf(button, message, phone) {
  if (button.url) return linkTo(button.url, [button.text]);
  const element = make("button", "", button.text);
  element.type = "button";
  element.dir = "auto";
  element.addEventListener("click", async () => {
    element.setAttribute("aria-busy", "true");
    await phone.act("tap", { message_id: message.id, data: button.callback_data ?? "" });
    element.removeAttribute("aria-busy");
  });
  return element;
}

function linkTo(url, content) {
  const link = make("a");
  if (/^https?:/i.test(url)) link.href = url;
  link.target = "_blank";
  link.rel = "noreferrer noopener";
  link.append(...content);
  return link;
}

// Cuts the text where an entity begins or ends, and wraps each piece in all that hold it.
// Offsets are UTF-16 units, as in JavaScript's own strings.
function formatted(text, entities, phone) {
  const cuts = new Set([0, text.length]);
  for (const { offset, length } of entities) cuts.add(offset).add(offset + length);
  const places = [...cuts].filter((cut) => cut <= text.length).sort((a, b) => a - b);
  return places.slice(0, -1).map((from, index) => {
    const piece = text.slice(from, places[index + 1]);
    const around = entities.filter((entity) => entity.offset <= from && from < entity.offset + entity.length);
    return around.reduceRight((inner, entity) => wrap(inner, entity, piece, phone), document.createTextNode(piece));
  });
}

function wrap(inner, entity, piece, phone) {
  if (entity.type === "text_link") return linkTo(entity.url, [inner]);
  if (entity.type === "bot_command") {
    const button = make("button", "command");
    button.type = "button";
    button.append(inner);
    button.addEventListener("click", () => phone.act("say", { text: piece }));
    return button;
  }
  const name = INLINE[entity.type];
  if (!name) return inner;
  const element = make(name);
  element.append(inner);
  return element;
}
