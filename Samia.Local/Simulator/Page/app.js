import { api } from './api.js';
import { failed, render } from './chat.js';
import { wire } from './composer.js';
import { $, avatar, el, nameOf, short } from './dom.js';
import { log, showLog, showSwitches } from './panel.js';

// What is shown is in the address, so that a link shows the same: ?business=<phone number id>&customer=<number, …>
const here = { line: null, phone: null, phones: [], lines: [] };
let events = null;

const address = () => new URLSearchParams(location.search);

function remember() {
  const query = new URLSearchParams({ business: here.line, ...(here.phone ? { customer: here.phone } : {}) });
  history.replaceState(null, '', `?${query}`);
  if (here.phone) localStorage.setItem('customer:' + here.line, here.phone);
}

function showCustomers() {
  const wanted = $('search').value.trim().toLowerCase();
  const shown = here.phones
    .filter(p => `${p.name} ${p.number ?? ''} @${p.username ?? ''}`.toLowerCase().includes(wanted))
    .sort((a, b) => (b.lastAt ?? '9').localeCompare(a.lastAt ?? '9'));
  $('customers').replaceChildren(...shown.map(phone => el('li', {}, el('button', {
    dataset: { testid: 'customer', phone: phone.id, number: phone.number ?? '', username: phone.username ?? '' },
    ariaCurrent: String(phone.id === here.phone),
    onclick: () => open(phone.id),
  }, avatar(nameOf(phone)), el('b', { dir: 'auto' }, nameOf(phone)), el('time', {}, phone.lastAt ? short(phone.lastAt) : ''),
  el('span', { className: 'preview', dir: 'auto' }, phone.preview || (phone.number ? '+' + phone.number : '@' + phone.username)),
  phone.unread > 0 && phone.id !== here.phone ? el('span', { className: 'badge' }, String(phone.unread)) : el('span')))));
}

async function showChat() {
  if (!here.phone) return;
  const chat = await render(here.line, here.phone);
  const { phone } = chat;
  // Isolated, so that an Arabic name does not turn the rest of the line around.
  $('owner').textContent = `\u2068${nameOf(phone)}\u2069's phone · ${phone.hidesNumber ? '@' + phone.username + ', number hidden' : '+' + phone.number}`
    + (phone.online ? '' : ' · in flight mode');
  $('flight').setAttribute('aria-pressed', String(!phone.online));
  $('flight').dataset.online = String(phone.online);
}

// One reading at a time; what changes meanwhile is read once more.
let again = false;
let busy = false;
async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  try {
    do {
      again = false;
      here.phones = await api.phones(here.line);
      showCustomers();
      await showChat();
    } while (again);
  } catch (error) {
    failed(error);
  } finally {
    busy = false;
  }
}

function listen() {
  events?.close();
  events = api.events(here.line, here.phone);
  events.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    if (event.kind === 'log' && (!event.line || event.line === here.line)) log(event.entry);
    if (event.kind === 'phone' && event.line === here.line) refresh();
    if (event.kind === 'listening') { refresh(); showLog(here.line); }
  };
}

async function open(phone) {
  here.phone = phone;
  document.body.dataset.view = 'chat';
  remember();
  listen();
  await refresh();
  if (matchMedia('(hover: hover)').matches) $('text').focus();
}

async function openBusiness(line, customer) {
  here.line = line;
  here.phone = null;
  $('business').value = line;
  const business = here.lines.find(l => l.id === line);
  $('business-name').textContent = business.name;
  $('business-avatar').textContent = business.name[0];
  here.phones = await api.phones(line);
  showSwitches(business, failed);
  const known = key => key && here.phones.find(p => [p.id, p.number, p.username, p.bsuid].includes(key));
  const asked = known(customer);
  const phone = asked ?? known(localStorage.getItem('customer:' + line)) ?? here.phones.toSorted((a, b) =>
    (b.lastAt ?? '').localeCompare(a.lastAt ?? ''))[0];
  here.phone = phone?.id ?? null;
  document.body.dataset.view = asked ? 'chat' : 'customers';
  $('chat').replaceChildren();
  $('owner').textContent = phone ? '' : 'Invent a customer to begin';
  remember();
  listen();
  await refresh();
}

$('business').addEventListener('change', async event => {
  here.lines = await api.lines();
  openBusiness(event.target.value);
});
$('search').addEventListener('input', showCustomers);
$('back').addEventListener('click', () => { document.body.dataset.view = 'customers'; });
$('flight').addEventListener('click', () =>
  here.phone && api.online(here.line, here.phone, $('flight').dataset.online !== 'true').catch(failed));
$('invent').addEventListener('submit', async event => {
  event.preventDefault();
  const form = event.target;
  const problem = form.querySelector('.problem');
  problem.textContent = '';
  try {
    const phone = await api.invent(here.line, Object.fromEntries(new FormData(form)));
    form.reset();
    $('inventing').open = false;
    await open(phone.id);
  } catch (error) {
    problem.textContent = error.message;
  }
});
wire(() => here, refresh);

here.lines = await api.lines();
$('business').replaceChildren(...here.lines.map(l => el('option', { value: l.id }, l.name)));
const asked = here.lines.find(l => l.id === address().get('business')) ?? here.lines[0];
if (asked) await openBusiness(asked.id, address().get('customer'));
