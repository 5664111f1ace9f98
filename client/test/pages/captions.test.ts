// @vitest-environment happy-dom
import { Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { Captions, spoken } from '../../src/pages/captions';
import { LazyYaw, placeOfWords } from '../../src/pages/panel';

describe('captions', () => {
  it('test_X3: both sides, marked by who speaks, and few', () => {
    const captions = new Captions('Juni');
    captions.person('Did you bring soup?');
    captions.visitor('Of course.');
    expect(captions.lines.map((line) => `${line.name}: ${line.text}`)).toEqual(['Juni: Did you bring soup?', 'You: Of course.']);
    captions.person('Good.');
    expect(captions.lines.length).toBe(2);
    expect(captions.element.getAttribute('aria-live')).toBe('polite');
    expect(captions.element.querySelectorAll('p').length).toBe(2);
  });

  it('go by themselves when they have been read, a long one later than a short one', () => {
    const captions = new Captions('Juni');
    captions.person('Mum.');
    captions.update(4.2);
    expect(captions.lines.length).toBe(0);
    captions.person('I counted the geese over the shed and there were eleven, and one that was late, like me.');
    captions.update(6);
    expect(captions.lines.length).toBe(1);
    captions.update(4);
    expect(captions.lines.length).toBe(0);
  });

  it('leave out what is not spoken, and set words as words', () => {
    expect(spoken('(whispers) Goodnight, Mum. (yawns)')).toBe('Goodnight, Mum.');
    expect(spoken('(laughs)')).toBe('(laughs)');
    const captions = new Captions('Juni');
    captions.visitor('<b>hello</b>');
    expect(captions.element.textContent).toContain('<b>hello</b>');
  });

  it('in a headset they stay where they are until the eyes have gone well past them', () => {
    const lazy = new LazyYaw(0);
    expect(lazy.follow(0.4, 0.1)).toBe(0);
    for (let n = 0; n < 400; n += 1) lazy.follow(1, 1 / 72);
    expect(lazy.yaw).toBeCloseTo(1, 1);
    lazy.yaw = 3.1;
    expect(lazy.follow(-3.1, 0.1)).toBe(3.1);
  });
});

describe('with captions off', () => {
  it('what the place itself says is still read: that all has stopped, and who is beside them', () => {
    const captions = new Captions('Juni');
    captions.show(false);
    captions.person('Mum.');
    expect(captions.lines.length).toBe(0);
    captions.place('You have stopped. Rosa is beside you.', 60);
    expect(captions.lines.map((line) => line.text)).toEqual(['You have stopped. Rosa is beside you.']);
    const shown = [...captions.element.querySelectorAll<HTMLElement>('p')].filter((one) => !one.hidden);
    expect(shown.map((one) => one.textContent)).toEqual(['You have stopped. Rosa is beside you.']);
  });
});

describe('words in a headset', () => {
  const head = new Vector3(0, 1.6, 0);
  const faceDown = (face: Vector3) => Math.atan2(head.y - face.y, Math.hypot(face.x, face.z));

  it('stay under her face, whether she stands far off, near and small, or lies in bed', () => {
    for (const face of [new Vector3(0, 1.1, -2.5), new Vector3(0, 1.1, -0.75), new Vector3(-0.6, 0.6, -0.5)]) {
      const place = placeOfWords(head, face);
      expect(place.down - faceDown(face)).toBeGreaterThan(0.2);
      expect(place.away).toBeLessThanOrEqual(Math.max(0.5, face.distanceTo(head)));
    }
  });

  it('are low, never out of sight, and where nobody is seen a little under the horizon', () => {
    expect(placeOfWords(head, null).down).toBeGreaterThan(0.3);
    expect(placeOfWords(head, new Vector3(0, 0.3, -0.2)).down).toBeLessThan(1.3);
  });
});
