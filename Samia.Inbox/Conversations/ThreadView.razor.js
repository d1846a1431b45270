// The scroller lays its content out from its end (column-reverse around one child), so it stays at the newest message
// and keeps its place when older ones are added above.
export function start(root, dotnet) {
  const edges = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (entry.target.dataset.edge === 'newer') {
        atNewest = entry.isIntersecting;
        tellSeen();
      }
      if (entry.isIntersecting) {
        reach(entry.target.dataset.edge);
      }
    }
  }, { root, rootMargin: '400px 0px' });
  let atNewest = true;
  let seen = false;
  let stopped = false;

  for (const edge of root.querySelectorAll('[data-edge]')) {
    edges.observe(edge);
  }
  document.addEventListener('visibilitychange', tellSeen);
  window.addEventListener('focus', tellSeen);

  async function reach(edge) {
    const before = root.querySelectorAll('.item').length;
    const first = root.querySelector('.item');
    await tell('EdgeReachedAsync', edge);
    // An edge that is still in sight tells nothing again by itself.
    const target = root.querySelector(`[data-edge="${edge}"]`);
    const changed = root.querySelectorAll('.item').length !== before || root.querySelector('.item') !== first;
    if (changed && target && !stopped) {
      edges.unobserve(target);
      edges.observe(target);
    }
  }

  function tellSeen() {
    const now = atNewest && document.visibilityState === 'visible';
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
      root.scrollTop = 0;
    },
    stop() {
      stopped = true;
      edges.disconnect();
      document.removeEventListener('visibilitychange', tellSeen);
      window.removeEventListener('focus', tellSeen);
    },
  };
}
