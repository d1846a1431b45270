// Keeps the reader's place: at the newest message while they are there, else at the message that they look at, whatever
// is added or removed above and below it. Tells the server when an edge of the window comes near.
export function start(root, dotnet) {
  const items = root.querySelector('.items');
  const near = 40;
  let anchor = null; // null: at the newest message
  let seen = false;
  let reaching = false;
  let stopped = false;

  const edges = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (entry.isIntersecting) reach(entry.target.dataset.edge);
    }
  }, { root, rootMargin: '600px 0px' });
  observeEdges();
  // Runs before the browser paints, so nobody sees the place move.
  const changes = new MutationObserver(restore);
  changes.observe(items, { childList: true, subtree: true, characterData: true });
  const sizes = new ResizeObserver(restore);
  sizes.observe(items);
  sizes.observe(root);
  root.addEventListener('scroll', remember, { passive: true });
  document.addEventListener('visibilitychange', tellSeen);
  restore();
  tellSeen();

  function remember() {
    const box = root.getBoundingClientRect();
    const atEnd = root.scrollHeight - root.scrollTop - root.clientHeight < near && !hasMore('newer');
    const item = atEnd ? null
      : Array.prototype.find.call(items.getElementsByClassName('item'), i => i.getBoundingClientRect().bottom > box.top);
    anchor = item ? { item, offset: item.getBoundingClientRect().top - box.top } : null;
    tellSeen();
  }

  function restore() {
    if (anchor === null) {
      root.scrollTop = root.scrollHeight;
    } else if (anchor.item.isConnected) {
      root.scrollTop += anchor.item.getBoundingClientRect().top - root.getBoundingClientRect().top - anchor.offset;
    } else {
      remember();
    }
  }

  async function reach(edge) {
    if (reaching || !hasMore(edge)) return;
    reaching = true;
    await tell('EdgeReachedAsync', edge);
    reaching = false;
    // An edge that is still near tells nothing again by itself.
    if (!stopped) observeEdges();
  }

  function observeEdges() {
    edges.disconnect();
    root.querySelectorAll('[data-edge]').forEach(edge => edges.observe(edge));
  }

  function hasMore(edge) {
    return root.querySelector(`[data-edge="${edge}"]`)?.dataset.more === 'yes';
  }

  function tellSeen() {
    const now = anchor === null && document.visibilityState === 'visible';
    if (now !== seen) {
      seen = now;
      tell('SeenAsync', now);
    }
  }

  async function tell(method, argument) {
    try {
      await dotnet.invokeMethodAsync(method, argument);
    } catch {
      // The connection is away; the page is read again when it is back.
    }
  }

  return {
    toNewest() {
      anchor = null;
      restore();
    },
    stop() {
      stopped = true;
      edges.disconnect();
      changes.disconnect();
      sizes.disconnect();
      document.removeEventListener('visibilitychange', tellSeen);
    },
  };
}
