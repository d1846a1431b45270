// Keeps what was sent until the server confirms it, for all conversations of this tab. It stands in the session's
// storage, so neither a lost connection nor a reload loses it. Each text has a key: the server takes it once.
const name = 'samia:sending';
const retryAfter = 1500;
const answerWithin = 10000;
const composers = new Map();
const pending = read(name) ?? [];
let server = null;
let delivering = false;

export function start(dotnet) {
  server = dotnet;
  deliver();
  return {
    stop() {
      if (server === dotnet) server = null;
    },
  };
}

/** @param message {{conversationId: string, text: string, key: string, note: boolean}} */
export function enqueue(message) {
  pending.push(message);
  write(name, pending);
  deliver();
}

/** Tells the composer of a conversation what waits, and gives it back what was refused. */
export function attach(conversationId, composer) {
  composers.set(conversationId, composer);
  tell();
  return () => {
    if (composers.get(conversationId) === composer) composers.delete(conversationId);
  };
}

// One after another, in the order in which they were written.
async function deliver() {
  if (delivering) return;
  delivering = true;
  while (pending.length > 0 && server) {
    const next = pending[0];
    try {
      const taken = await within(server.invokeMethodAsync('SendAsync', next.conversationId, next.text, next.key, next.note));
      pending.shift();
      write(name, pending.length > 0 ? pending : null);
      if (!taken) giveBack(next);
    } catch {
      tell();
      await new Promise(resolve => setTimeout(resolve, retryAfter));
    }
  }
  delivering = false;
  tell();
}

function giveBack(refused) {
  const composer = composers.get(refused.conversationId);
  if (composer) {
    composer.giveBack(refused.text);
  } else {
    write(draftName(refused.conversationId), { text: refused.text, key: refused.key });
  }
}

function tell() {
  for (const [conversationId, composer] of composers) {
    composer.waiting(pending.filter(message => message.conversationId === conversationId));
  }
}

function within(promise) {
  return Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), answerWithin))]);
}

export function draftName(conversationId) {
  return `samia:draft:${conversationId}`;
}

export function read(item) {
  try {
    return JSON.parse(sessionStorage.getItem(item));
  } catch {
    return null;
  }
}

export function write(item, value) {
  try {
    if (value === null) sessionStorage.removeItem(item);
    else sessionStorage.setItem(item, JSON.stringify(value));
  } catch {
    // Storage is full or forbidden: what is typed is kept as a draft on the server, too.
  }
}
