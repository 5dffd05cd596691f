// Where the focus goes when what has it is replaced, or goes away. Whoever is led by it, with keys or a screen reader, is not
// sent back to the top of the page.

const TAKES_FOCUS = 'a[href], button, input, summary';

const isShown = element =>
  Boolean(element?.isConnected) && (element.checkVisibility?.() ?? element.getClientRects().length > 0);

/**
 * To be called before a change; what it returns, after it. Then the focus is where it was, or at what bears the same id now,
 * or at the summary of the closed details around it, or at the first of the others that can be seen.
 */
export function focusKeeper() {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return () => {};
  const led = focused.matches(':focus-visible');
  const ids = [focused.id, focused.closest('details')?.querySelector('summary').id];
  return (...others) => {
    if (isShown(focused)) return;
    const same = ids.map(id => document.getElementById(id));
    const next = [...same, ...others, document.getElementById('content')].find(isShown);
    if (!next.matches(TAKES_FOCUS)) next.tabIndex = -1;
    // Only who is led by the focus wants the page to move with it.
    next.focus({preventScroll: !led});
  };
}
