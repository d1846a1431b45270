const root = '/simulator/api';

async function call(method, path, body, contentType = 'application/json') {
  const response = await fetch(root + path, {
    method,
    headers: body === undefined ? {} : { 'content-type': contentType },
    body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => null);
    throw new Error(problem?.detail ?? `The simulator answered ${response.status}.`);
  }
  return response.json();
}

const phonePath = (line, phone) => `/lines/${line}/phones/${encodeURIComponent(phone)}`;

export const api = {
  lines: () => call('GET', '/lines'),
  log: () => call('GET', '/log'),
  phones: line => call('GET', `/lines/${line}/phones`),
  chat: (line, phone) => call('GET', phonePath(line, phone)),
  invent: (line, person) => call('POST', `/lines/${line}/phones`, person),
  misbehave: (line, settings) => call('PUT', `/lines/${line}/misbehaviour`, settings),
  send: (line, phone, message) => call('POST', phonePath(line, phone) + '/messages', message),
  edit: (line, phone, id, text) => call('PUT', `${phonePath(line, phone)}/messages/${encodeURIComponent(id)}`, { text }),
  revoke: (line, phone, id) => call('DELETE', `${phonePath(line, phone)}/messages/${encodeURIComponent(id)}`),
  react: (line, phone, id, emoji) =>
    call('PUT', `${phonePath(line, phone)}/messages/${encodeURIComponent(id)}/reaction`, { emoji }),
  press: (line, phone, id, button) =>
    call('POST', `${phonePath(line, phone)}/messages/${encodeURIComponent(id)}/press`, { button }),
  number: (line, phone, number) => call('PUT', phonePath(line, phone) + '/number', { number }),
  online: (line, phone, online) => call('PUT', phonePath(line, phone) + '/online', { online }),
  upload: (line, phone, file, options) => call('POST',
    `${phonePath(line, phone)}/media?${new URLSearchParams(options)}`, file, file.type || 'application/octet-stream'),
  mediaUrl: (line, id) => `${root}/lines/${line}/media/${id}`,
  events: (line, phone) => new EventSource(
    `${root}/events${line && phone ? `?line=${line}&phone=${encodeURIComponent(phone)}` : ''}`),
};
