import { api } from './api.js';
import { $ } from './dom.js';
import { failed, quote, replying } from './chat.js';

const sizes = { w: 900, h: 675 };

/** A picture that did not exist before, as a person would have one to send. */
function paint() {
  const canvas = Object.assign(document.createElement('canvas'), { width: sizes.w, height: sizes.h });
  const g = canvas.getContext('2d');
  const hue = Math.random() * 360;
  const sky = g.createLinearGradient(0, 0, 0, sizes.h);
  sky.addColorStop(0, `hsl(${hue} 70% 35%)`);
  sky.addColorStop(1, `hsl(${hue + 50} 80% 72%)`);
  g.fillStyle = sky;
  g.fillRect(0, 0, sizes.w, sizes.h);
  g.fillStyle = '#fff6d8';
  g.beginPath();
  g.arc(200 + Math.random() * 500, 170 + Math.random() * 120, 60, 0, 7);
  g.fill();
  for (let layer = 0; layer < 4; layer++) {
    g.fillStyle = `hsl(${hue + 20} 40% ${34 - layer * 8}%)`;
    g.beginPath();
    g.moveTo(0, sizes.h);
    const phase = Math.random() * 7;
    for (let x = 0; x <= sizes.w; x += 15) {
      g.lineTo(x, 350 + layer * 75 + 50 * Math.sin(x / 120 + phase) + 22 * Math.sin(x / 37 + phase * 2));
    }
    g.lineTo(sizes.w, sizes.h);
    g.fill();
  }
  return new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.85));
}

const senders = {
  picture: async (line, phone) => api.upload(line, phone, await paint(), { name: 'photo.jpg', ...withReply() }),
  voice: (line, phone) => api.send(line, phone, { type: 'sample', sample: 'voice-note.ogg', ...withReply() }),
  document: (line, phone) => api.send(line, phone, { type: 'sample', sample: 'document.pdf', ...withReply() }),
  sticker: (line, phone) => api.send(line, phone, { type: 'sample', sample: 'sticker.webp', ...withReply() }),
  location: (line, phone) => api.send(line, phone, {
    type: 'location', latitude: 33.8938, longitude: 35.5018, name: 'Zaitunay Bay', address: 'Beirut, Lebanon',
  }),
  contact: (line, phone) => api.send(line, phone, { type: 'contacts', name: 'Nour Salameh', number: '+961 71 555 010' }),
  unsupported: (line, phone) => api.send(line, phone, { type: 'unsupported' }),
  number: (line, phone) => {
    const number = prompt('The new number, with its country code');
    return number ? api.number(line, phone, number) : null;
  },
  upload: () => { $('file').click(); return null; },
};

const withReply = () => (replying() ? { replyTo: replying() } : {});

/** Wires the composer. `where()` tells the line and phone that it writes from; `sent` is called after each send. */
export function wire(where, sent) {
  const text = $('text');
  const attach = open => {
    $('attach').hidden = !open;
    $('plus').setAttribute('aria-expanded', String(open));
  };
  const send = async work => {
    try {
      if (await work) { quote(null); sent(); }
    } catch (error) {
      failed(error);
    }
  };
  const grow = () => {
    text.style.height = 'auto';
    text.style.height = `${text.scrollHeight}px`;
  };

  $('composer').addEventListener('submit', event => {
    event.preventDefault();
    const body = text.value.trim();
    if (!body || !where().phone) return;
    const message = { text: body, ...withReply() };
    text.value = '';
    grow();
    send(api.send(where().line, where().phone, message));
  });
  text.addEventListener('input', grow);
  text.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      $('composer').requestSubmit();
    }
  });
  $('plus').addEventListener('click', () => attach($('attach').hidden));
  $('quote').lastElementChild.addEventListener('click', () => quote(null));
  $('attach').addEventListener('click', event => {
    const kind = event.target.closest('[data-send]')?.dataset.send;
    if (!kind || !where().phone) return;
    attach(false);
    send(senders[kind](where().line, where().phone));
  });
  $('file').addEventListener('change', () => {
    const [chosen] = $('file').files;
    $('file').value = '';
    if (chosen) send(api.upload(where().line, where().phone, chosen, { name: chosen.name, ...withReply() }));
  });
}
