// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { type DoorwayWords, freshAnswers, STEPS, showDoorway } from '../../src/pages/doorway';

const WORDS: DoorwayWords = {
  name: 'Juni',
  title: 'Before you go in',
  notice: ['It is a portrait, made by a computer. It is not Juni.', 'It can be wrong.', 'You can stop at any moment.'],
  questions: {
    adult: 'I am eighteen or older.',
    acknowledged_portrait: 'I understand.',
    beside_them: 'Who sits beside you?',
    wants_to_go_in: 'I want to go in.',
  },
  stop: 'Say stop.',
  paired: true,
};
const TOOLS = { microphone: async () => 'refused' as const, often: () => () => undefined };

const place = () => document.querySelector('main')!;
const press = (text: string) => [...place().querySelectorAll('button')].find((one) => one.textContent === text)!.click();

beforeEach(() => {
  document.body.innerHTML = '<main></main>';
});

describe('the doorway', () => {
  it('test_H1: the notice comes first, and no yes is given for the visitor', () => {
    const said = freshAnswers();
    expect([said.adult, said.acknowledged_portrait, said.wants_to_go_in]).toEqual([false, false, false]);
    expect(STEPS[0]).toBe('notice');
    expect(STEPS.at(-1)).toBe('wants_to_go_in');
    void showDoorway(place(), WORDS, TOOLS);
    for (const sentence of WORDS.notice) expect(place().textContent).toContain(sentence);
  });

  it('test_C7: asks one thing at a time and gives the visitor’s own answers', async () => {
    const answers = showDoorway(place(), WORDS, TOOLS);
    press('I have read this');
    press('Yes');
    press('Yes');
    place().querySelector('input')!.value = ' Aino ';
    press('Go on');
    const boxes = [...place().querySelectorAll<HTMLInputElement>('input')];
    expect(boxes.map((box) => box.checked)).toEqual([true, false, false]);
    boxes[2]!.checked = true;
    boxes[2]!.dispatchEvent(new Event('change'));
    press('Go on');
    press('I would rather write');
    press('Yes, I want to go in');
    expect((await answers).said).toEqual({
      type: 'Doorway',
      adult: true,
      acknowledged_portrait: true,
      wants_to_go_in: true,
      beside_them: 'Aino',
      captions: true,
      slow: false,
      seated: true,
    });
  });

  it('test_C7: whoever says not today is let go with a kind word, and nothing is said for them', async () => {
    let said = false;
    void showDoorway(place(), WORDS, TOOLS).then(() => {
      said = true;
    });
    press('I have read this');
    press('Not today');
    await Promise.resolve();
    expect(said).toBe(false);
    expect(place().textContent).toContain('Nothing of Juni was opened');
  });

  it('one can go back and read again', () => {
    void showDoorway(place(), WORDS, TOOLS);
    press('I have read this');
    press('Back');
    expect(place().textContent).toContain('It can be wrong.');
  });

  it('test_X6: goes on in writing when no microphone can be opened', async () => {
    for (const [why, told] of [
      ['refused', 'You can allow it'],
      ['none', 'You can plug one in'],
      ['busy', 'something else may be using it'],
    ] as const) {
      let allowed: { level: number; close(): Promise<void> } | 'refused' | 'none' | 'busy' = why;
      void showDoorway(place(), WORDS, { ...TOOLS, microphone: async () => allowed });
      for (const text of ['I have read this', 'Yes', 'Yes', 'Go on', 'Go on', 'Try the microphone']) press(text);
      await new Promise((resolve) => setTimeout(resolve));
      expect(place().textContent).toContain(told);
      expect(place().textContent).toContain('or write instead');
      allowed = { level: 0, close: async () => undefined };
      press('Try once more'); // plugged in or allowed by now
      await new Promise((resolve) => setTimeout(resolve));
      expect(place().textContent).toContain('Say a few words');
    }
  });
});
