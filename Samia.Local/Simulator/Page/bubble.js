import { api } from './api.js';
import { clock, el } from './dom.js';

const ticks = status => {
  const second = status === 'sent' ? '' : '<path d="m6.5 6.2 3 3L16 2.5" />';
  const element = el('span');
  element.innerHTML = `<svg class="ticks" viewBox="0 0 17 12" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"><path d="m1 6.2 3 3 6.5-6.7"/>${second}</svg>`;
  return element.firstChild;
};

const describe = message => message.text || { image: 'Photo', audio: 'Voice note', sticker: 'Sticker', location: 'Location' }[message.type] || message.type;

const file = (line, content) => (content.id ? api.mediaUrl(line, content.id) : content.link);

const content = {
  image: (m, line) => [el('img', { className: 'media', src: file(line, m.content), alt: 'Photo', loading: 'lazy' }), m.text && text(m.text)],
  sticker: (m, line) => [el('img', { className: 'sticker', src: file(line, m.content), alt: 'Sticker' })],
  video: (m, line) => [el('video', { src: file(line, m.content), controls: true }), m.text && text(m.text)],
  audio: (m, line) => [el('audio', { src: file(line, m.content), controls: true, preload: 'metadata' })],
  document: (m, line) => [el('a', { className: 'file', href: file(line, m.content), target: '_blank' },
    el('i', {}, '📄'), el('span', {}, m.content.filename ?? 'Document')), m.content.caption && text(m.content.caption)],
  location: m => [el('div', { className: 'place' }, el('i', {}, '📍'), el('span', {}, m.content.name || 'Location',
    el('small', {}, m.content.address || `${m.content.latitude}, ${m.content.longitude}`)))],
  contacts: m => m.content.map(c => el('div', { className: 'card' }, el('i', {}, '👤'), el('span', {},
    c.name?.formatted_name ?? '', el('small', {}, c.phones?.[0]?.phone ?? '')))),
  unsupported: () => [el('p', {}, '📊 A poll (the business cannot see it)')],
};

function text(value) {
  return el('p', { dir: 'auto' }, value);
}

/** One bubble. `actions` are what a person can do with it. */
export function bubble(message, before, all, line, actions) {
  const quoted = message.replyTo && all.find(m => m.id === message.replyTo);
  const reaction = [message.businessReaction, message.customerReaction].filter(Boolean).join('');
  const parts = message.revoked
    ? [el('p', {}, '🚫 This message was deleted')]
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
