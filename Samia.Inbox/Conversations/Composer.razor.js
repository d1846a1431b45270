// Owns the text of one conversation's composer: typing does not wait for the server.
import { attach, draftName, enqueue, join, read, write } from './SendQueue.razor.js';

/**
 * @param employeeId Whose text it is: another person in this tab has texts of their own.
 * @param formerIds The conversations that were merged into this one; a text that was typed into one belongs here now.
 */
export async function start(root, dotnet, employeeId, conversationId, formerIds) {
  const text = root.querySelector('textarea');
  const button = root.querySelector('[data-send]');
  const waitingLine = root.querySelector('[data-waiting]');
  const draft = draftName(employeeId, conversationId);
  const formerDrafts = formerIds.map(id => draftName(employeeId, id));
  let key = newKey();
  let saving = 0;
  let slow = 0;

  text.addEventListener('input', changed);
  text.addEventListener('keydown', event => {
    // Enter also ends the composition of a word in many scripts; that one must not send.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    }
  });
  button.addEventListener('click', send);
  const detach = attach(employeeId, [conversationId, ...formerIds], {
    giveBack(refused) {
      text.value = join(refused, text.value);
      changed();
    },
    waiting(messages) {
      waitingLine.hidden = messages.length === 0 || !waitingLine.dataset.slow;
      waitingLine.textContent = `${waitingLine.dataset.waiting} ${messages.map(message => message.text).join(' · ')}`;
      // A send that is confirmed at once is not announced.
      clearTimeout(slow);
      slow = messages.length === 0 ? 0 : setTimeout(() => {
        waitingLine.dataset.slow = 'yes';
        waitingLine.hidden = false;
      }, 800);
      if (messages.length === 0) delete waitingLine.dataset.slow;
    },
  });

  await restore();

  async function restore() {
    const former = formerDrafts.map(read).filter(found => found !== null);
    const restored = await dotnet.invokeMethodAsync('RestoreDraftAsync', read(draft), former);
    if (text.value === '') {
      text.value = restored.text;
      key = restored.key;
      if (former.length > 0) changed();
      else resize();
    } else {
      // Somebody was quicker than this script, or was given something back meanwhile.
      text.value = join(restored.text, text.value);
      changed();
    }
    formerDrafts.forEach(name => write(name, null));
    root.dataset.ready = 'yes';
    // On a phone the keyboard would cover the conversation that was just opened.
    if (matchMedia('(pointer: fine)').matches) {
      text.focus({ preventScroll: true });
    }
  }

  function changed() {
    write(draft, text.value === '' ? null : { text: text.value, key });
    resize();
    clearTimeout(saving);
    saving = setTimeout(save, 300);
  }

  async function save() {
    try {
      await dotnet.invokeMethodAsync('SaveDraftAsync', text.value, key);
    } catch {
      // The session's storage has it; the next change saves it again.
    }
  }

  function send() {
    const body = text.value.trim();
    if (body === '') return;
    clearTimeout(saving);
    enqueue(employeeId, { conversationId, text: body, key, note: root.dataset.mode === 'note' });
    text.value = '';
    key = newKey();
    write(draft, null);
    resize();
    text.focus({ preventScroll: true });
  }

  function resize() {
    text.style.height = 'auto';
    text.style.height = `${Math.min(text.scrollHeight, 180)}px`;
  }

  return {
    stop() {
      detach();
      clearTimeout(saving);
      if (text.value !== '') save();
    },
  };
}

function newKey() {
  // randomUUID exists only over https; random values exist everywhere (RFC 9562, section 5.4).
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
