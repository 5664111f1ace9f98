// The doorway: words from the server come in, one question at a time; the visitor's own yes goes out (H1, C7).
import type { NoMicrophone } from '../sound/microphone';
import type { Doorway } from '../wire/types.gen';
import { button, element, field } from './element';
import { NOT_OPENED } from './voiced';

export interface DoorwayWords {
  readonly name: string;
  readonly title: string;
  readonly notice: readonly string[];
  readonly questions: Readonly<Record<'adult' | 'acknowledged_portrait' | 'beside_them' | 'wants_to_go_in', string>>;
  readonly stop: string;
  readonly paired: boolean;
}

/** A microphone as the doorway tries it. */
export interface TriedMicrophone {
  readonly level: number;
  close(): Promise<void>;
}

export interface DoorwayTools<M extends TriedMicrophone> {
  /** Asks for the microphone; why not, when there is none. */
  microphone(): Promise<M | NoMicrophone>;
  /** Calls about thirty times a second until what it returns is called. */
  often(act: () => void): () => void;
}

export interface Said<M> {
  readonly said: Doorway;
  readonly microphone: M | null;
}

export type DoorwayStep = 'notice' | 'acknowledged_portrait' | 'adult' | 'beside_them' | 'comfort' | 'voice' | 'wants_to_go_in';
export const STEPS: readonly DoorwayStep[] = [
  'notice',
  'acknowledged_portrait',
  'adult',
  'beside_them',
  'comfort',
  'voice',
  'wants_to_go_in',
];

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
export function showDoorway<M extends TriedMicrophone>(place: HTMLElement, words: DoorwayWords, tools: DoorwayTools<M>): Promise<Said<M>> {
  return new Promise((resolve) => {
    const said = freshAnswers();
    let microphone: M | null = null;
    let at = 0;
    const on = () => {
      at += 1;
      if (at >= STEPS.length) resolve({ said, microphone });
      else show();
    };
    const back = () => {
      at -= 1;
      show();
    };
    function show(): void {
      const card = page(at, cardOf(STEPS[at]!));
      if (at > 0) card.append(button('Back', back, 'quiet back'));
      place.replaceChildren(card);
      card.querySelector<HTMLElement>('h1, input, button')?.focus();
    }
    function cardOf(step: DoorwayStep): HTMLElement[] {
      switch (step) {
        case 'notice':
          return notice(words, on);
        case 'beside_them':
          return beside(said, words, on);
        case 'comfort':
          return comfort(said, words, on);
        case 'voice':
          if (microphone !== null) void microphone.close(); // tried before, and come back to
          microphone = null;
          return voice(words, tools, (found) => {
            microphone = found;
            on();
          });
        default:
          return question(said, step, words, on, () => {
            if (microphone !== null) void microphone.close();
            place.replaceChildren(notToday(words));
          });
      }
    }
    show();
  });
}

function notice(words: DoorwayWords, on: () => void): HTMLElement[] {
  const lines = words.notice.map((line) => element('p', { class: 'said' }, line));
  return [element('h1', { tabindex: '-1' }, words.title), ...lines, button('I have read this', on, 'main')];
}

function question(
  said: Doorway,
  step: 'adult' | 'acknowledged_portrait' | 'wants_to_go_in',
  words: DoorwayWords,
  on: () => void,
  no: () => void,
) {
  const last = step === 'wants_to_go_in';
  const yes = () => {
    said[step] = true;
    on();
  };
  const inside = [element('p', { class: 'said question' }, words.questions[step])];
  if (last) inside.push(element('p', { class: 'aside' }, `When you are ready. ${words.stop}`));
  return [...inside, button(last ? 'Yes, I want to go in' : 'Yes', yes, 'main'), button('Not today', no, 'quiet')];
}

function beside(said: Doorway, words: DoorwayWords, on: () => void): HTMLElement[] {
  const name = field('text', words.questions.beside_them);
  name.input.value = said.beside_them ?? '';
  const go = () => {
    said.beside_them = name.input.value.trim();
    on();
  };
  name.input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') go();
  });
  return [name.label, element('p', { class: 'aside' }, 'Their own voice is always there, outside.'), button('Go on', go, 'main')];
}

function comfort(said: Doorway, words: DoorwayWords, on: () => void): HTMLElement[] {
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
  return [
    element('h1', { tabindex: '-1' }, 'As you like it'),
    ...boxes,
    element('p', { class: 'aside' }, `To stop at any moment: ${lowered(words.stop)}`),
    button('Go on', on, 'main'),
  ];
}

function voice<M extends TriedMicrophone>(words: DoorwayWords, tools: DoorwayTools<M>, done: (found: M | null) => void): HTMLElement[] {
  const promise = element('p', { class: 'said' }, 'You can speak as you would speak. What you say stays in this house.');
  const bar = element('div', { class: 'level', 'aria-hidden': 'true' });
  const told = element(
    'p',
    { class: 'aside', role: 'status' },
    'Earphones are best. Whoever cannot speak, or would rather not, can write instead, on a screen.',
  );
  bar.append(element('i'));
  bar.hidden = true;
  const write = button('I would rather write', () => done(null), 'quiet');
  const tried = button('Try the microphone', () => void open(), 'main');
  const open = async () => {
    tried.disabled = true;
    const found = await tools.microphone().catch(() => 'busy' as const);
    tried.disabled = false;
    if (typeof found === 'string') {
      told.textContent = NOT_OPENED[found];
      told.className = 'said'; // to be read, not passed over
      tried.textContent = 'Try once more';
      return;
    }
    const stop = tools.often(() => {
      (bar.firstElementChild as HTMLElement).style.transform = `scaleX(${Math.min(1, Math.sqrt(found.level) * 2.2)})`;
      if (found.level > 0.02) told.textContent = 'You are heard.';
    });
    bar.hidden = false;
    told.className = 'aside';
    told.textContent = `Say a few words. ${words.name} does not hear them yet.`;
    const go = (kept: M | null) => () => {
      stop();
      if (kept === null) void found.close();
      done(kept);
    };
    tried.replaceWith(button('Go on', go(found), 'main'));
    write.replaceWith(button('I would rather write', go(null), 'quiet'));
  };
  return [element('h1', { tabindex: '-1' }, 'Your voice'), promise, bar, told, tried, write];
}

function notToday(words: DoorwayWords): HTMLElement {
  const card = element('section', { class: 'card' });
  card.append(
    element('h1', {}, 'Another day, then'),
    element('p', { class: 'said' }, `That is quite all right. Nothing of ${words.name} was opened, and nothing was kept.`),
  );
  return card;
}

function page(at: number, inside: HTMLElement[]): HTMLElement {
  const whole = element('section', { class: 'card', 'data-step': STEPS[at]! });
  const steps = element('p', { class: 'steps', 'aria-label': `Step ${at + 1} of ${STEPS.length}` });
  for (let n = 0; n < STEPS.length; n += 1) steps.append(element('i', n <= at ? { class: 'on' } : {}));
  whole.append(...inside, steps);
  return whole;
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
