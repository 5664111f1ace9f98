// How a meeting ended comes in; a few quiet words go out.
import { element } from './element';

const CLOSINGS: Record<string, readonly string[]> = {
  farewell: [
    'That was the goodnight.',
    'Breathe a little, five slow breaths.',
    'Look at three things in the room, and name them.',
    'Then stay together for a while.',
  ],
  stop: ['It has stopped. That is quite all right.', '{beside} Breathe a little.', 'Look at three things in the room, and name them.'],
  link_lost: ['It is quiet now.', '{beside} Breathe a little, and talk.', 'What was said is kept safe.'],
  closed: ['It is quiet now.', '{beside} Breathe a little, and talk.'],
  not_ready: ['The place is not ready yet.', 'The one who prepares it will find on their page what is missing.'],
  elsewhere: ['This meeting goes on in another window.'],
};

/** Who is there: the one they named at the doorway, or, where they named nobody, somebody to call. */
export function whoIsThere(beside: string): string {
  return beside ? `${beside} is beside you.` : 'If you are alone, call somebody you trust.';
}

export function closing(how: string, beside: string): HTMLElement {
  const card = element('section', { class: 'card closing' });
  for (const line of CLOSINGS[how] ?? CLOSINGS.closed!)
    card.append(
      element(
        'p',
        {},
        line.replace('{beside}', () => whoIsThere(beside)),
      ),
    );
  return card;
}
