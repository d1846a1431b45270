import { bubble, describe } from './bubble.js';
import { $, day, el, nameOf } from './dom.js';
import { api } from './api.js';
import { show } from './menu.js';

const state = { line: null, phone: null, messages: [], replyTo: null, typingTimer: 0 };

const failed = error => {
  const hint = el('div', { className: 'hint', role: 'alert' }, error.message);
  $('chat').append(hint);
  hint.scrollIntoView({ block: 'end' });
};

const actions = {
  menu: (event, message) => show(event, message, {
    react: emoji => api.react(state.line, state.phone, message.id, emoji).catch(failed),
    reply: () => quote(message),
    edit: () => {
      const text = prompt('Edit the message', message.text);
      if (text?.trim()) api.edit(state.line, state.phone, message.id, text.trim()).catch(failed);
    },
    revoke: () => api.revoke(state.line, state.phone, message.id).catch(failed),
  }),
  press: (message, button) => api.press(state.line, state.phone, message.id, button).catch(failed),
};

export function quote(message) {
  state.replyTo = message?.id ?? null;
  $('quote').hidden = !message;
  $('quote').firstElementChild.textContent = message ? describe(message) : '';
  if (message) $('text').focus();
}

export const replying = () => state.replyTo ?? undefined;

/** Reads the chat again and shows what is new, keeping the place unless it was at the end. */
export async function render(line, phone) {
  const chat = await api.chat(line, phone);
  const opened = state.line !== line || state.phone !== chat.phone.id;
  const known = new Set(opened ? [] : state.messages.map(m => m.id));
  Object.assign(state, { line, phone: chat.phone.id, messages: chat.messages });
  if (opened) quote(null);

  const box = $('chat');
  const atEnd = opened || box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  const playing = [...box.querySelectorAll('audio,video')].some(m => !m.paused);
  if (playing && known.size === chat.messages.length) return chat;

  const children = [];
  chat.messages.forEach((message, i) => {
    const before = chat.messages[i - 1];
    if (!before || day(before.at) !== day(message.at)) children.push(el('div', { className: 'day' }, day(message.at)));
    const element = bubble(message, before, chat.messages, line, actions);
    if (!opened && !known.has(message.id)) element.classList.add('new');
    children.push(element);
  });
  if (!children.length) {
    children.push(el('div', { className: 'hint' }, `${nameOf(chat.phone)} has not written yet. Say hello.`));
  }
  box.replaceChildren(...children);
  showTyping(chat);
  if (atEnd) box.scrollTop = box.scrollHeight;
  box.querySelectorAll('img').forEach(image => image.addEventListener('load', () => {
    if (atEnd) box.scrollTop = box.scrollHeight;
  }));
  return chat;
}

function showTyping(chat) {
  clearTimeout(state.typingTimer);
  const left = chat.typingUntil ? new Date(chat.typingUntil) - Date.now() : 0;
  $('presence').textContent = left > 0 ? 'typing…' : 'online';
  if (left <= 0) return;
  $('chat').append(el('div', { className: 'typing', dataset: { testid: 'typing' } }, el('i'), el('i'), el('i')));
  state.typingTimer = setTimeout(() => {
    document.querySelector('.typing')?.remove();
    $('presence').textContent = 'online';
  }, left);
}

export { failed };
