// Comes back by itself, for as long as it takes: a page's state is in its address and in the database, so a circuit
// that the server no longer knows is replaced by loading the page again.
const modal = document.getElementById('components-reconnect-modal');
let trying = false;

modal.addEventListener('components-reconnect-state-changed', event => {
  if (event.detail.state === 'rejected' || event.detail.state === 'resume-failed') {
    reloadWhenServed();
  } else if (event.detail.state === 'failed') {
    comeBack();
  }
});

// A laptop that wakes, or a tab that is looked at again, does not wait for the next try.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && modal.className.includes('components-reconnect-')
    && !modal.classList.contains('components-reconnect-hide')) {
    comeBack();
  }
});
window.addEventListener('online', () => comeBack());

async function comeBack() {
  if (trying || !isAway()) return;
  trying = true;
  try {
    while (isAway()) {
      try {
        if (!(await Blazor.reconnect())) {
          await reloadWhenServed();
        }
        return;
      } catch {
        await wait(1000);
      }
    }
  } finally {
    trying = false;
  }
}

async function reloadWhenServed() {
  for (;;) {
    try {
      if ((await fetch('/health/live', { cache: 'no-store' })).ok) {
        location.reload();
        return;
      }
    } catch {
      // The server is still away.
    }
    await wait(500);
  }
}

function isAway() {
  return ['show', 'retrying', 'failed', 'rejected'].some(state => modal.classList.contains(`components-reconnect-${state}`));
}

function wait(milliseconds) {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
