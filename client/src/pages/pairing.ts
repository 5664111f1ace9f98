// A browser that is not known yet: the companion's six digits come in, and it may go on.
import { button, element, field } from './element';

/** Ask until the code is right. */
export function askForCode(place: HTMLElement): Promise<void> {
  return new Promise((resolve) => {
    const card = element('section', { class: 'card' });
    const code = field('text', 'The six digits that the companion gives you');
    code.input.inputMode = 'numeric';
    const answer = element('p', { role: 'status' });
    const go = async () => {
      const reply = await fetch('/api/pair', { method: 'POST', body: JSON.stringify({ code: code.input.value.replace(/\s/g, '') }) });
      if (reply.ok) resolve();
      else answer.textContent = ((await reply.json()) as { message: string }).message;
    };
    card.append(
      code.label,
      button('Go on', () => void go(), 'main'),
      answer,
    );
    place.replaceChildren(card);
  });
}
