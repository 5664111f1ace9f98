// A browser's audio comes in; where the browser puts it to sleep it is woken, at once or with the next thing that is pressed.

/** Until what it returns is called. `changed` is told whether it runs. */
export function keepAwake(context: AudioContext, changed: (runs: boolean) => void = () => undefined): () => void {
  const wake = () => {
    if (context.state !== 'running' && context.state !== 'closed') void context.resume().catch(() => undefined); // not yet: with the next press
  };
  const state = () => {
    changed(context.state === 'running');
    wake();
  };
  const presses = ['pointerdown', 'keydown', 'touchend'];
  context.addEventListener('statechange', state);
  document.addEventListener('visibilitychange', wake);
  for (const press of presses) window.addEventListener(press, wake);
  return () => {
    context.removeEventListener('statechange', state);
    document.removeEventListener('visibilitychange', wake);
    for (const press of presses) window.removeEventListener(press, wake);
  };
}
