// Keeps what was sent until the server confirms it, for all conversations of this tab. It stands in the session's
// storage, so neither a lost connection nor a reload loses it. Each text has a key: the server takes it once. People
// who sign in one after another in one tab have a queue each, which only their own page delivers.
const retryAfter = 1500;
const answerWithin = 10000;
const queues = new Map();

export function start(dotnet, employeeId) {
  const queue = queueOf(employeeId);
  queue.server = dotnet;
  deliver(queue);
  return {
    stop() {
      if (queue.server === dotnet) queue.server = null;
    },
  };
}

/** @param message {{conversationId: string, text: string, key: string, note: boolean}} */
export function enqueue(employeeId, message) {
  const queue = queueOf(employeeId);
  queue.pending.push(message);
  write(queue.name, queue.pending);
  deliver(queue);
}

/**
 * Tells a composer what waits, and gives it back what was refused.
 * @param conversationIds Its conversation and those that were merged into it.
 */
export function attach(employeeId, conversationIds, composer) {
  const queue = queueOf(employeeId);
  for (const id of conversationIds) queue.composers.set(id, composer);
  tell(queue);
  return () => {
    for (const id of conversationIds) {
      if (queue.composers.get(id) === composer) queue.composers.delete(id);
    }
  };
}

function queueOf(employeeId) {
  if (!queues.has(employeeId)) {
    const name = `samia:${employeeId}:sending`;
    queues.set(employeeId, {
      employeeId, name, pending: read(name) ?? [], composers: new Map(), server: null, delivering: false,
    });
  }
  return queues.get(employeeId);
}

// One after another, in the order in which they were written.
async function deliver(queue) {
  if (queue.delivering) return;
  queue.delivering = true;
  while (queue.pending.length > 0 && queue.server) {
    const next = queue.pending[0];
    try {
      const taken = await within(
        queue.server.invokeMethodAsync('SendAsync', next.conversationId, next.text, next.key, next.note));
      queue.pending.shift();
      write(queue.name, queue.pending.length > 0 ? queue.pending : null);
      if (!taken) giveBack(queue, next);
    } catch {
      tell(queue);
      await new Promise(resolve => setTimeout(resolve, retryAfter));
    }
  }
  queue.delivering = false;
  tell(queue);
}

function giveBack(queue, refused) {
  const composer = queue.composers.get(refused.conversationId);
  if (composer) {
    composer.giveBack(refused.text);
  } else {
    const name = draftName(queue.employeeId, refused.conversationId);
    const typed = read(name);
    write(name, typed ? { text: join(refused.text, typed.text), key: typed.key } : { text: refused.text, key: refused.key });
  }
}

function tell(queue) {
  for (const composer of new Set(queue.composers.values())) {
    composer.waiting(queue.pending.filter(message => queue.composers.get(message.conversationId) === composer));
  }
}

function within(promise) {
  return Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), answerWithin))]);
}

/** Two texts of one composer as one, of which neither is lost. */
export function join(earlier, later) {
  return earlier === '' || later === '' || earlier === later ? earlier || later : `${earlier}\n${later}`;
}

export function draftName(employeeId, conversationId) {
  return `samia:${employeeId}:draft:${conversationId}`;
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
