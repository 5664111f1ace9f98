const frames = [...document.querySelectorAll('.stage img')];
const slider = document.querySelector('.turn input');
const show = () => frames.forEach((frame, k) => frame.classList.toggle('on', k === Number(slider.value)));
slider?.addEventListener('input', show);

const lines = document.querySelector('textarea');
const copied = document.querySelector('.copied');
const write = () => {
  const notes = [...document.querySelectorAll('button[data-note][aria-pressed="true"]')].map((one) => one.dataset.note);
  lines.value = notes.length ? `meetagain review FOLDER ${notes.map((note) => `--note "${note}"`).join(' ')}\nmeetagain build FOLDER\nmeetagain review FOLDER --likeness` : '';
  copied.textContent = '';
};
for (const button of document.querySelectorAll('button[data-note]')) {
  button.addEventListener('click', () => {
    const on = button.getAttribute('aria-pressed') !== 'true';
    for (const other of button.parentElement.querySelectorAll('button')) if (other.dataset.of === button.dataset.of) other.setAttribute('aria-pressed', 'false');
    button.setAttribute('aria-pressed', String(on));
    write();
  });
}
document.querySelector('.copy')?.addEventListener('click', async () => {
  lines.select();
  try {
    await navigator.clipboard.writeText(lines.value);
    copied.textContent = 'Copied.';
  } catch {
    copied.textContent = 'The lines are marked; copy them with Ctrl and C.';
  }
});
