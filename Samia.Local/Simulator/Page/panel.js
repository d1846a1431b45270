import { api } from './api.js';
import { $, clock, el } from './dom.js';

const switches = {
  rateLimit: ['Rate limit', 'HTTP 429 with 130429'],
  pairRateLimit: ['Too much to one person', '131056'],
  expiredToken: ['Expired token', 'HTTP 401 with 190'],
  closedWindow: ['Closed window', '131047, whatever the customer wrote'],
  notOnWhatsApp: ['Not on WhatsApp', '131026'],
  serverError: ['Server error', 'HTTP 500 with 131000'],
  lostAnswer: ['Lost answer', 'Accepted and delivered, but the answer is cut off'],
  slowAnswers: ['Slow answers', 'Some seconds each'],
  failInAnswer: ['Fail in the answer', 'Instead of in a status'],
  duplicateDeliveries: ['Duplicate deliveries', 'Every webhook twice'],
  outOfOrderDeliveries: ['Out-of-order deliveries', 'The later webhook first'],
  outage: ['Outage', 'HTTP 503, and webhooks wait until it ends'],
};
const Kept = 150;

export function showSwitches(line, problem) {
  $('switches').replaceChildren(...Object.entries(switches).map(([name, [title, what]]) => {
    const left = line.misbehaviour[name];
    return el('label', {}, el('span', {}, title, typeof left === 'number' ? ` (${left} left)` : '', el('small', {}, what)),
      el('input', {
        type: 'checkbox', role: 'switch', checked: !!left, dataset: { testid: `misbehaviour-${name}` },
        onchange: event => api.misbehave(line.id, { [name]: event.target.checked }).catch(problem),
      }));
  }));
}

const pretty = value => JSON.stringify(value, null, 2);

function row(entry) {
  const good = entry.status >= 200 && entry.status < 300;
  const details = el('details', { className: good ? '' : 'bad' }, el('summary', { title: `${entry.milliseconds} ms` },
    el('span', { title: entry.kind }, entry.kind === 'call' ? '→' : '←'), el('span', {}, entry.what.replace(/^(\w+) \/v[\d.]+\/\d+/, '$1 …')),
    el('time', {}, clock(entry.at)), el('span', { className: 'code' }, entry.status || '✕')));
  details.addEventListener('toggle', () => {
    if (details.open && !details.querySelector('pre')) {
      details.append(el('pre', {}, [entry.sent, entry.answer].filter(Boolean).map(pretty).join('\n\n')));
    }
  });
  return el('li', { dataset: { testid: 'log-entry', kind: entry.kind, status: entry.status } }, details);
}

export function log(entry) {
  const list = $('log');
  list.querySelector('.empty')?.remove();
  list.prepend(row(entry));
  while (list.childElementCount > Kept) list.lastElementChild.remove();
}

export async function showLog(line) {
  const entries = (await api.log()).filter(e => e.line === line || !e.line).slice(-Kept).reverse();
  $('log').replaceChildren(...entries.map(row));
  if (!entries.length) $('log').append(el('li', { className: 'empty' }, 'Nothing yet.'));
}

$('clear-log').addEventListener('click', () => $('log').replaceChildren());
$('open-panel').addEventListener('click', () => { document.body.dataset.view = 'panel'; });
$('close-panel').addEventListener('click', () => { document.body.dataset.view = 'chat'; });
