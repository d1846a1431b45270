import { $, el } from './dom.js';

const emojis = ['👍', '❤️', '😂', '😮', '🙏'];

/** What can be done with a bubble, beside it. */
export function show(event, message, actions) {
  event.preventDefault();
  event.stopPropagation();
  const menu = $('menu');
  const act = action => () => { menu.hidden = true; action(); };
  const own = message.direction === 'inbound' && !message.revoked;
  menu.replaceChildren(
    el('div', { className: 'emojis' }, ...emojis.map(emoji => el('button', {
      ariaPressed: String(message.customerReaction === emoji),
      dataset: { testid: 'react', emoji },
      onclick: act(() => actions.react(message.customerReaction === emoji ? null : emoji)),
    }, emoji))),
    el('button', { dataset: { testid: 'menu-reply' }, onclick: act(actions.reply) }, 'Reply'),
    own && message.type === 'text' ? el('button', { dataset: { testid: 'menu-edit' }, onclick: act(actions.edit) }, 'Edit') : '',
    own ? el('button', { dataset: { testid: 'menu-delete' }, onclick: act(actions.revoke) }, 'Delete for everyone') : '',
  );
  menu.hidden = false;
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(event.clientX, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(event.clientY, innerHeight - height - 8))}px`;
  menu.querySelector('button').focus();
}

addEventListener('click', event => { if (!$('menu').contains(event.target)) $('menu').hidden = true; });
addEventListener('keydown', event => { if (event.key === 'Escape') $('menu').hidden = true; });
