export const $ = id => document.getElementById(id);

/** Makes an element. Text is set as text, so that nothing a person wrote becomes markup. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'dataset') Object.assign(element.dataset, value);
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element && name !== 'style') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter(c => c !== null && c !== undefined && c !== false));
  return element;
}

export function avatar(name) {
  const letters = name.replace(/^[@+]/, '').split(/\s+/).slice(0, 2).map(w => [...w][0] ?? '').join('');
  let hue = 0;
  for (const c of name) hue = (hue * 31 + c.codePointAt(0)) % 360;
  return el('span', { className: 'avatar', style: `--hue:${hue}`, ariaHidden: 'true' }, letters.toUpperCase());
}

export const clock = at => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

export function day(at) {
  const date = new Date(at);
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86400000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return date.toLocaleDateString([], days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'long' });
}

export const short = at => (day(at) === 'Today' ? clock(at) : day(at));

export const nameOf = phone =>
  phone.name || (phone.username ? '@' + phone.username : phone.number ? '+' + phone.number : phone.bsuid);
