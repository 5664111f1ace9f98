// The doorway: words from the server come in, one question at a time; the visitor's own yes goes out (H1, C7).
import type { Doorway } from '../wire/types.gen';
import { button, element, field } from './element';

export interface DoorwayWords {
  readonly name: string;
  readonly title: string;
  readonly notice: readonly string[];
  readonly questions: Readonly<Record<'adult' | 'acknowledged_portrait' | 'beside_them' | 'wants_to_go_in', string>>;
  readonly stop: string;
  readonly paired: boolean;
}

export type DoorwayStep = 'notice' | 'acknowledged_portrait' | 'adult' | 'beside_them' | 'comfort' | 'wants_to_go_in';
export const STEPS: readonly DoorwayStep[] = ['notice', 'acknowledged_portrait', 'adult', 'beside_them', 'comfort', 'wants_to_go_in'];

/** What has been said so far. Nothing is assumed: each yes starts as no. */
export function freshAnswers(): Doorway {
  return {
    type: 'Doorway',
    adult: false,
    acknowledged_portrait: false,
    wants_to_go_in: false,
    beside_them: '',
    captions: true,
    slow: false,
    seated: false,
  };
}

/** Show the doorway in `place`; resolves with the visitor's answers when they said that they want to go in. */
export function showDoorway(place: HTMLElement, words: DoorwayWords): Promise<Doorway> {
  return new Promise((resolve) => {
    const said = freshAnswers();
    let at = 0;
    const show = () => place.replaceChildren(card(STEPS[at]!));
    const on = () => {
      at += 1;
      if (at < STEPS.length) show();
      else resolve(said);
    };
    const yes = (key: 'adult' | 'acknowledged_portrait' | 'wants_to_go_in') => () => {
      said[key] = true;
      on();
    };

    function card(step: DoorwayStep): HTMLElement {
      switch (step) {
        case 'notice':
          return page(words.title, [...words.notice.map((line) => element('p', {}, line)), button('I have read this', on, 'main')]);
        case 'acknowledged_portrait':
        case 'adult':
        case 'wants_to_go_in':
          return page('', [
            element('p', { class: 'said' }, words.questions[step]),
            button(step === 'wants_to_go_in' ? 'Yes, I want to go in' : 'Yes', yes(step), 'main'),
            button('Not today', () => place.replaceChildren(notToday(words)), 'quiet'),
          ]);
        case 'beside_them': {
          const input = field('text', words.questions.beside_them);
          return page('', [
            input.label,
            button(
              'Go on',
              () => {
                said.beside_them = input.input.value.trim();
                on();
              },
              'main',
            ),
          ]);
        }
        case 'comfort':
          return comfort(said, words, on);
      }
    }
    show();
  });
}

function comfort(said: Doorway, words: DoorwayWords, on: () => void): HTMLElement {
  const choices: [keyof Doorway & ('captions' | 'slow' | 'seated'), string][] = [
    ['captions', 'Show what is said as words'],
    ['slow', 'Give me twice the time for everything'],
    ['seated', 'I stay seated'],
  ];
  const boxes = choices.map(([key, text]) => {
    const box = field('checkbox', text);
    box.input.checked = said[key] === true;
    box.input.addEventListener('change', () => {
      said[key] = box.input.checked;
    });
    return box.label;
  });
  return page('As you like it', [...boxes, element('p', {}, words.stop), button('Go on', on, 'main')]);
}

function notToday(words: DoorwayWords): HTMLElement {
  return page('Another day, then', [
    element('p', {}, `That is quite all right. Nothing of ${words.name} was opened, and nothing was kept.`),
  ]);
}

function page(title: string, inside: HTMLElement[]): HTMLElement {
  const whole = element('section', { class: 'card' });
  if (title) whole.append(element('h1', {}, title));
  whole.append(...inside);
  return whole;
}
