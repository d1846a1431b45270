import { api } from './api.js';
import { clock, el } from './dom.js';

const ticks = status => {
  const second = status === 'sent' ? '' : '<path d="m6.5 6.2 3 3L16 2.5" />';
  const element = el('span');
  element.innerHTML = `<svg class="ticks" viewBox="0 0 17 12" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"><path d="m1 6.2 3 3 6.5-6.7"/>${second}</svg>`;
  return element.firstChild;
};

const icon = path => {
  const element = el('i');
  element.innerHTML = `<svg class="line" viewBox="0 0 24 24"><path d="${path}"/></svg>`;
  return element;
};

const describe = message => message.text || { image: 'Photo', audio: 'Voice note', sticker: 'Sticker', location: 'Location' }[message.type] || message.type;

const file = (line, content) => (content.id ? api.mediaUrl(line, content.id) : content.link);

// Uploads are kept in memory only, so a picture from before a restart has none.
const gone = event => event.target.replaceWith(el('p', {}, 'Photo (no longer on this phone)'));

const content = {
  image: (m, line) => [el('img', { className: 'media', src: file(line, m.content), alt: 'Photo', loading: 'lazy', onerror: gone }), m.text && text(m.text)],
  sticker: (m, line) => [el('img', { className: 'sticker', src: file(line, m.content), alt: 'Sticker' })],
  video: (m, line) => [el('video', { src: file(line, m.content), controls: true }), m.text && text(m.text)],
  audio: (m, line) => [el('audio', { src: file(line, m.content), controls: true, preload: 'metadata' })],
  document: (m, line) => [el('a', { className: 'file', href: file(line, m.content), target: '_blank' },
    icon('M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6'), el('span', {}, m.content.filename ?? 'Document')), m.content.caption && text(m.content.caption)],
  location: m => [el('div', { className: 'place' }, icon('M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21zM12 7.5a2 2 0 1 0 .01 0'), el('span', {}, m.content.name || 'Location',
    el('small', {}, m.content.address || `${m.content.latitude}, ${m.content.longitude}`)))],
  contacts: m => m.content.map(c => el('div', { className: 'card' }, icon('M12 4a4 4 0 1 0 .01 0M4.5 20c.8-4 4-5.5 7.5-5.5s6.7 1.5 7.5 5.5'), el('span', {},
    c.name?.formatted_name ?? '', el('small', {}, c.phones?.[0]?.phone ?? '')))),
  unsupported: () => [el('p', {}, 'A poll (the business cannot see it)')],
};

function text(value) {
  return el('p', { dir: 'auto' }, value);
}

/** One bubble. `actions` are what a person can do with it. */
export function bubble(message, before, all, line, actions) {
  const quoted = message.replyTo && all.find(m => m.id === message.replyTo);
  const reaction = [message.businessReaction, message.customerReaction].filter(Boolean).join('');
  const parts = message.revoked
    ? [el('p', {}, 'This message was deleted')]
    : (content[message.type] ?? (m => [text(m.text || `[${m.type}]`)]))(message, line);
  return el('div', {
    className: ['bubble', before?.direction !== message.direction && 'first', reaction && 'reacted', message.revoked && 'revoked']
      .filter(Boolean).join(' '),
    dataset: { testid: 'bubble', id: message.id, direction: message.direction, status: message.status, type: message.type },
    title: message.direction === 'outbound' ? `Reported to the business as ${message.status}` : '',
    oncontextmenu: event => actions.menu(event, message),
  },
  quoted && el('span', { className: 'reply', dir: 'auto' }, describe(quoted)),
  ...parts,
  el('span', { className: 'meta' }, message.edited && !message.revoked && 'Edited', el('time', {}, clock(message.at)),
    message.direction === 'inbound' && ticks(message.status)),
  reaction && el('span', { className: 'reactions', dataset: { testid: 'reaction' } }, reaction),
  message.buttons.length > 0 && el('div', { className: 'buttons' }, ...message.buttons.map(b =>
    el('button', { dataset: { testid: 'reply-button' }, onclick: () => actions.press(message, b.id) }, b.title))),
  el('button', { className: 'more', ariaLabel: 'React, reply, …', dataset: { testid: 'bubble-menu' },
    onclick: event => actions.menu(event, message) }, '⌄'));
}

export { describe };
